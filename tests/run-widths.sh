#!/usr/bin/env bash
# Runs test projects that are already built at the vector widths of this processor, chosen by the runtime's own switches:
#   tests/run-widths.sh "512 256 128 0" Kernels Devices Training
# 256of512 is a processor with AVX-512 whose runtime prefers 256 bits: 512-bit instructions are there, 512-bit vectors are not used.
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
    bits=${width%of512}
    needed=${width#256of}
    if [ "$needed" -gt "$widest" ]; then
        echo "width $width: skipped, this processor has $widest bits"
        continue
    fi

    case $width in
        512) switches=(DOTNET_MaxVectorTBitWidth=512 DOTNET_PreferredVectorBitWidth=512) ;;
        256of512) switches=(DOTNET_PreferredVectorBitWidth=256) ;;
        256) switches=(DOTNET_EnableAVX512=0) ;;
        128) switches=(DOTNET_EnableAVX2=0) ;;
        0) switches=(DOTNET_EnableHWIntrinsic=0) ;;
        *) echo "unknown width $width: expected 512, 256, 256of512, 128 or 0" >&2; exit 2 ;;
    esac

    for project in "${projects[@]}"; do
        started=$SECONDS
        env "${switches[@]}" CROSSPOINT_VECTOR_BITS="$bits" dotnet test "tests/$project.Tests" -c Release --no-build --nologo || status=1
        echo "width $width, $project: $((SECONDS - started)) s"
    done
done

exit $status
