#!/usr/bin/env bash
# Runs a sweep as a job array under Slurm itself: a cluster of one node on the loopback address, started and stopped here. On the way one
# task is requeued as a pre-emption does it and one puts itself back into the queue; the merged results must be those of a single process.
# Wants Debian's slurm-wlm and munge, which it installs where it may; says so and passes where they cannot be had.
# usage: tests/run-slurm.sh     (after a Release build)
set -euo pipefail
cd "$(dirname "$0")/.."
program=$PWD/src/Repro/bin/Release/net10.0/Crosspoint.Repro.dll

not_tested() {
    echo "slurm: NOT TESTED: $1"
    exit 0
}

install_packages() {
    [ "$(id -u)" -eq 0 ] || not_tested "slurmctld, slurmd and munged need root"
    command -v slurmctld slurmd sbatch munged > /dev/null && return
    command -v apt-get > /dev/null || not_tested "slurm-wlm and munge are not installed, and there is no apt-get"
    local policy=/usr/sbin/policy-rc.d made=0
    if [ ! -e "$policy" ]; then # Debian's packages are not to start services of their own.
        printf '#!/bin/sh\nexit 101\n' > "$policy"
        chmod 755 "$policy"
        made=1
    fi
    local status=0
    { timeout 60 apt-get update && DEBIAN_FRONTEND=noninteractive timeout 150 apt-get install -y --no-install-recommends slurm-wlm munge; } \
        > "$work/apt.log" 2>&1 || status=$?
    [ "$made" -eq 0 ] || rm -f "$policy"
    [ "$status" -eq 0 ] || not_tested "slurm-wlm and munge cannot be installed ($(tail -n 1 "$work/apt.log"))"
}

work=$(mktemp -d)
chmod 755 "$work"
stop() {
    export SLURM_CONF=$work/slurm.conf
    [ ! -e "$work/slurmctld.pid" ] || { scancel --user=root; sleep 1; } > /dev/null 2>&1 || true
    for daemon in slurmd slurmctld munged; do
        [ ! -s "$work/$daemon.pid" ] || kill "$(cat "$work/$daemon.pid")" 2> /dev/null || true
    done
    sleep 1
    rm -rf "$work"
}
trap stop EXIT
install_packages

start_cluster() {
    local host port
    host=$(hostname -s)
    port=$((20000 + RANDOM % 10000))
    mkdir -p "$work/munge" "$work/state" "$work/spool"
    head -c 128 /dev/urandom > "$work/munge/key"
    chmod 400 "$work/munge/key"
    munged --force --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munged.pid" \
        --log-file="$work/munge/log" --seed-file="$work/munge/seed" --num-threads=2
    cat > "$work/slurm.conf" <<END
ClusterName=crosspoint
SlurmctldHost=$host(127.0.0.1)
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket,cred_expire=5
SlurmUser=root
SlurmdUser=root
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
SlurmctldLogFile=$work/slurmctld.log
SlurmdLogFile=$work/slurmd.log
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/affinity
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0
MinJobAge=600
KillWait=30
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$(awk "/MemTotal/ { print int(\$2 / 1024) - 50 }" /proc/meminfo) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
    export SLURM_CONF=$work/slurm.conf
    slurmctld -f "$SLURM_CONF"
    slurmd -f "$SLURM_CONF" -N "$host"
    wait_until 30 'sinfo -h -o %T | grep -q idle'
}

# wait_until SECONDS COMMAND: 1 if the command did not succeed in time.
wait_until() {
    local end=$((SECONDS + $1))
    until eval "$2" > /dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.3
    done
}

passed=0
failed=0
check() {
    local name=$1
    shift
    if "$@" > "$work/check.log" 2>&1; then
        passed=$((passed + 1))
        echo "slurm: $name"
    else
        failed=$((failed + 1))
        echo "slurm: FAILED: $name"
        tail -n 20 "$work/check.log"
    fi
}

crosspoint() { dotnet "$program" "$@"; }

# All but times, names of the folders of tasks, and the file of claims.
contents() {
    (cd "$1" && find . -type f ! -name .claims ! -path './task-*' ! -name 'report*' -print | sort | while read -r file; do
        printf '%s %s\n' "$file" "$(sed -E 's/"seconds": [0-9.eE+-]+//' "$file" | sha256sum)"
    done)
}

same_results() {
    contents "$work/single" > "$work/single.txt"
    contents "$work/array" > "$work/array.txt"
    grep -q 'seed-1.json' "$work/single.txt" && diff "$work/single.txt" "$work/array.txt"
}

started_twice() { [ "$(grep -c "from Slurm's job array" "$1")" -ge 2 ] && grep -q 'stopped with' "$1"; }

export CROSSPOINT_DATA='' XDG_CACHE_HOME=$work/cache DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
cat > "$work/sweep.json" <<'END'
{
  "name": "cluster",
  "network": { "hidden": [64, 32] }, "training": { "epochs": 80 },
  "points": { "grid": { "training.rate": [0.005, 0.01, 0.02, 0.04] } }
}
END

start_cluster || not_tested "the cluster did not come up: $(tail -n 1 "$work/slurmctld.log")"
cd "$work"
crosspoint sweep sweep.json --quiet --out single > /dev/null
check "the scripts are written" crosspoint slurm --tasks 2 --cores 1 --memory 500 --time 5 --apart --scripts scripts sweep sweep.json --out array
sh scripts/submit.sh > submitted
array=$(sed -n 's/job array \([0-9]*\),.*/\1/p' submitted)
last=$(sed -n 's/.*then job \([0-9]*\)/\1/p' submitted)
echo "slurm: $(cat submitted)"

# Once both tasks compute: one is requeued from outside, one is told that its time is over.
wait_until 60 '[ -e array/task-1/sweep/.claims ] && [ -e array/task-2/sweep/.claims ]' || true
sleep 1
check "a running task is requeued" scontrol requeue "${array}_1"
check "a running task is told that its time is over" scancel --signal=USR1 --batch "${array}_2"
check "the job behind the array ends" wait_until 150 "scontrol show job $last | grep -qE 'JobState=(COMPLETED|FAILED|CANCELLED)'"
check "the requeued task saved its state and went on" started_twice "scripts/${array}_1.log"
check "the task whose time was over put itself back and went on" started_twice "scripts/${array}_2.log"
check "the merged results are those of one process" same_results
if crosspoint --help | grep -q '^  report '; then
    check "the report is written" test -s array/report.html
fi
if [ "$failed" -gt 0 ]; then
    for log in scripts/*.log slurmctld.log slurmd.log; do
        echo "== $log"
        tail -n 30 "$log"
    done
fi
echo "slurm - Failed: $failed, Passed: $passed, Skipped: 0, Total: $((passed + failed)), $SECONDS s"
[ "$failed" -eq 0 ]
