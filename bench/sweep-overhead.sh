#!/usr/bin/env bash
# What a sweep adds to its points: 1,000 runs of two images each on one thread, beside one such run, the start of the program in both.
# usage: bench/sweep-overhead.sh     (after a Release build, on a machine with nothing else to do)
set -euo pipefail
cd "$(dirname "$0")/.."
program=$PWD/src/Repro/bin/Release/net10.0/Crosspoint.Repro.dll
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CROSSPOINT_DATA='' XDG_CACHE_HOME=$work/cache DOTNET_CLI_TELEMETRY_OPTOUT=1

# seconds POINTS: wall time of a sweep of so many points, the best of three.
seconds() {
    local best='' start time
    cat > "$work/sweep.json" <<END
{ "name": "tiny", "data": { "train": 2, "test": 2 }, "network": { "hidden": [4] }, "training": { "epochs": 1 },
  "points": { "grid": { "training.rate": { "from": 0.001, "to": 1, "count": $1 } } } }
END
    for _ in 1 2 3; do
        rm -rf "$work/runs"
        start=$EPOCHREALTIME
        dotnet "$program" sweep "$work/sweep.json" --quiet --json --threads 1 --out "$work/runs" > /dev/null
        time=$(echo "$EPOCHREALTIME $start" | awk '{ print $1 - $2 }')
        best=$(echo "$time $best" | awk '{ print NF == 1 || $1 < $2 ? $1 : $2 }')
    done
    echo "$best"
}

one=$(seconds 1)
all=$(seconds 1000)
echo "$one $all" | awk '{ printf "1 point %.2f s, 1,000 points %.2f s: %.2f ms a point, its own computing included\n", $1, $2, ($2 - $1) / 0.999 }'
