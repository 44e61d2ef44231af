#!/usr/bin/env bash
# Runs test projects that are already built at the vector widths of this processor, chosen by the runtime's own switches:
#   tests/run-widths.sh "512 256 128 0" Kernels Devices Training
# Each run asserts the width it really has (SimdModeTests), since a switch that the runtime does not know is ignored without a word.
set -uo pipefail
cd "$(dirname "$0")/.."
widths=${1:-512 256 128 0}
shift || true
projects=("$@")
[ ${#projects[@]} -gt 0 ] || projects=(Kernels Devices Training)

widest=128
if [ -r /proc/cpuinfo ]; then
    if grep -qw avx2 /proc/cpuinfo; then widest=256; fi
    if grep -qw avx512f /proc/cpuinfo && grep -qw avx512vl /proc/cpuinfo; then widest=512; fi
fi

status=0
for width in $widths; do
    if [ "$width" -gt "$widest" ]; then
        echo "width $width: skipped, this processor has $widest bits"
        continue
    fi

    case $width in
        512) switch=DOTNET_MaxVectorTBitWidth=512 ;;
        256) switch=DOTNET_EnableAVX512=0 ;;
        128) switch=DOTNET_EnableAVX2=0 ;;
        0) switch=DOTNET_EnableHWIntrinsic=0 ;;
        *) echo "unknown width $width: expected 512, 256, 128 or 0" >&2; exit 2 ;;
    esac

    for project in "${projects[@]}"; do
        started=$SECONDS
        env "$switch" CROSSPOINT_VECTOR_BITS="$width" dotnet test "tests/$project.Tests" -c Release --no-build --nologo || status=1
        echo "width $width, $project: $((SECONDS - started)) s"
    done
done

exit $status
