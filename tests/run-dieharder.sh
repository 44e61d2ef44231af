#!/usr/bin/env bash
# Holds the random words of the program against the tests of dieharder (Debian's package of that name), one test after the other:
#   tests/run-dieharder.sh [--quick] [consecutive seeds streams interleaved]
# --quick leaves out the tests that take more than a few seconds. Tests whose result is stored are not run again, so that a run that was
# stopped goes on where it was; remove a file to begin anew. Writes STREAM.txt and summary.csv below $DIEHARDER_OUT (results/random).
# $DIEHARDER_PREFIX is put before each test, such as "nice -n 19"; $CROSSPOINT is the command (the Release build in src/Repro).
set -euo pipefail
cd "$(dirname "$0")/.."

command -v dieharder > /dev/null || { echo "dieharder is missing: apt-get install dieharder" >&2; exit 2; }
crosspoint=${CROSSPOINT:-dotnet src/Repro/bin/Release/net10.0/Crosspoint.Repro.dll}
out=${DIEHARDER_OUT:-results/random}
read -ra prefix <<< "${DIEHARDER_PREFIX:-}"
quick=0
if [ "${1:-}" = --quick ]; then
    quick=1
    shift
fi

streams=("$@")
[ ${#streams[@]} -gt 0 ] || streams=(consecutive seeds streams interleaved)

# Number and n-tuple of each test of "dieharder -a"; without n-tuple a test runs all of its own. The lagged sums with lag 0 are left out:
# dieharder takes a lag of 0 for all lags. The long tests come last.
short=(0 1 2 3 4 8 9 10 11 12 13 14 15 16 100 101 102 "200 1" "200 2" "200 3" "200 4" "200 5" "200 6" "200 7" "200 8" "200 9" "200 10"
    "200 11" "200 12" "202 2" "202 3" "202 4" "202 5" 204 205 206 207 208 209)
long=("201 2" "201 3" "201 4" "201 5" 5 6 7 17)
for lag in {1..32}; do long+=("203 $lag"); done
tests=("${short[@]}")
[ "$quick" -eq 1 ] || tests+=("${long[@]}")

# Every test has a seed of its own, far from those of the others, since neighbouring seeds are one of the streams.
run_test() {
    local stream=$1 number=$2 tuple=${3:-0} seed words
    seed=$(((number * 1000 + tuple + 1) << 40))
    words="random words --mode $stream --seed $seed"
    echo "# crosspoint $words | dieharder -g 200 -d $number${3:+ -n $3}"
    "${prefix[@]}" bash -c "$crosspoint $words | dieharder -g 200 -d $number ${3:+-n $3} -D test_name -D ntuple -D tsamples -D psamples -D pvalues -D assessment"
}

summarize() {
    echo "stream,test,ntup,tsamples,psamples,p,assessment"
    local file
    for file in "$out"/*.txt; do
        [ -e "$file" ] || continue
        awk -F '|' -v stream="$(basename "$file" .txt)" -v OFS=, '!/^#/ && NF == 6 { gsub(/ /, ""); print stream, $1, $2, $3, $4, $5, $6 }' "$file"
    done
}

mkdir -p "$out"
for stream in "${streams[@]}"; do
    file=$out/$stream.txt
    [ -e "$file" ] || echo "# test_name | ntup | tsamples | psamples | p-value | assessment; $(dieharder -l | grep -o 'dieharder version [0-9.]*')" > "$file"
    for test in "${tests[@]}"; do
        read -r number tuple <<< "$test"
        if grep -q -- "-d $number${tuple:+ -n $tuple}\$" "$file"; then
            continue
        fi

        started=$SECONDS
        result=$(run_test "$stream" "$number" $tuple)
        if ! grep -q '|' <<< "$result"; then
            echo "$stream, test $test: no result" >&2
            exit 1
        fi

        echo "$result" >> "$file"
        echo "$stream, test $test: $((SECONDS - started)) s: $(grep -c PASSED <<< "$result" || true) passed, $(grep -c -E 'WEAK|FAILED' <<< "$result" || true) weak or failed"
        summarize > "$out/summary.csv.tmp"
        mv "$out/summary.csv.tmp" "$out/summary.csv"
    done
done

awk -F , 'NR > 1 { n[$1]++; weak[$1] += $7 == "WEAK"; failed[$1] += $7 == "FAILED" }
    END { for (s in n) printf "%s: %d p-values, %d weak (%.1f expected by chance), %d failed\n", s, n[s], weak[s], 0.01 * n[s], failed[s] }' "$out/summary.csv" | sort
