#!/usr/bin/env bash
# The report in a real browser: installs Debian's Chromium where it can, and says so where it cannot.
# Pictures are kept in tests/Repro.Browser.Tests/bin/Release/net10.0/screens.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v "${CROSSPOINT_CHROMIUM:-chromium}" > /dev/null; then
    # Another package manager may hold the lock for a while.
    if ! { [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null \
        && apt-get -qq -o DPkg::Lock::Timeout=300 update > /dev/null 2>&1 \
        && DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends chromium > /dev/null 2>&1; }; then
        echo "no Chromium here, and it cannot be installed: the report was not looked at in a browser"
        exit 0
    fi
fi

dotnet format tests/Repro.Browser.Tests --verify-no-changes
dotnet test tests/Repro.Browser.Tests -c Release
