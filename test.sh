#!/usr/bin/env bash
# Builds everything, checks the format of C# and JavaScript, runs the tests; the last line is "N passed, N failed, N skipped".
#
#   ./test.sh             the quick suite
#   ./test.sh --full      the long tests too (docs/testing.md)
#   ./test.sh ARGUMENTS   all other arguments go to `dotnet test`
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
cd "$root" || exit 2
source build/prerequisites.sh

explicit=() arguments=() audited=src/Evoke.Cli/Evoke.Cli.csproj
for argument in "$@"; do
  case $argument in
    --full) export EVOKE_TESTS_FULL=1; explicit=(--explicit on) audited=Evoke.slnx ;;
    *) arguments+=("$argument") ;;
  esac
done

# False if the registry knows a weakness of a package in use: what is shipped, with --full also what tests use. Where it does not answer, that is said.
no_vulnerable_package() {
  local found
  if ! found=$(dotnet package list --project "$audited" --vulnerable --include-transitive --no-restore 2>&1); then
    say "test.sh: the package registry does not answer; packages are not checked for known weaknesses."
  elif grep -q "has the following vulnerable packages" <<<"$found"; then
    say "$found"
    return 1
  fi
}

# took WHAT: the seconds since the last call, for the list of where the time went.
times=() since=0
took() { times+=("$1 $((SECONDS - since)) s"); since=$SECONDS; }

need_dotnet
need_sdk
need_ffmpeg || { echo "0 passed, 1 failed, 0 skipped"; exit 2; }
need_chromium
need_slurm
[ -z "${EVOKE_TESTS_FULL:-}" ] || need_buildah
took programs

dotnet restore Evoke.slnx --locked-mode -v quiet \
  || { say "test.sh: if you changed packages, run 'dotnet restore Evoke.slnx' and commit the lock files"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
took restore
no_vulnerable_package || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
took "known weaknesses"
build_dotnet build Evoke.slnx -c Release --no-restore -v quiet -nologo || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
took build
# The build has checked the style and a test checks the order of usings; all of `dotnet format` would take minutes more to say the same.
format=(whitespace . --folder)
[ -z "${EVOKE_TESTS_FULL:-}" ] || format=(Evoke.slnx --no-restore)
dotnet format "${format[@]}" --verify-no-changes || { say "test.sh: run 'dotnet format Evoke.slnx'"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

build/javascript/check.sh || { say "test.sh: run 'build/javascript/check.sh --write'"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }

took "format and JavaScript"

log=$(mktemp) reports=$(mktemp -d)
trap 'rm -rf "$log" "$reports"' EXIT
# What failed, said again at the end, where a long log is read first.
failures() { awk '/^failed /{ said = 0; on = 1 } /^[^ ]/ && !/^failed /{ on = 0 } on && said++ < 40' "$log"; }
# How long the test projects took that took longest, each beside others.
projects() {
  sed -nE 's/^.*\/(Evoke[A-Za-z.]*)\.dll \(.*\) [a-z].* \(([0-9hms ]+)\)$/\1 \2/p' "$log" \
    | awk '{ s = 0; for (i = 2; i <= NF; i++) { n = $i + 0; s += $i ~ /ms$/ ? n / 1000 : $i ~ /s$/ ? n : $i ~ /m$/ ? 60 * n : 3600 * n }; printf "%7.1f s %s\n", s, $1 }' \
    | sort -u | sort -rn | head -n 5
}
# The ten tests that took longest, from the reports of the test projects.
slowest() {
  cat "$reports"/*.ctrf 2>/dev/null | grep -oE '"name":"Evoke(\\.|[^"\\])*","status":"[a-z]+","duration":[0-9]+' \
    | sed -E 's/^"name":"(.*)","status":"[a-z]+","duration":([0-9]+)$/\2 \1/' | sort -rn | head -n 10 \
    | awk '{ ms = $1; $1 = ""; printf "%7.1f s %s\n", ms / 1000, substr($0, 1, 150) }'
}
# Tests are many short processes: what the runtime would learn from a method's first calls does not pay off in them (a tenth of the processor time).
export DOTNET_TieredPGO=0
# Threads of libtorch that wait for each other give way to other tests, and do not spin meanwhile (a tenth of the processor time, or more).
export OMP_WAIT_POLICY=passive
# Three test projects at a time: where one waits for a server, a queue or a browser, the other goes on.
dotnet test --solution Evoke.slnx -c Release --no-build --max-parallel-test-modules 3 --report-xunit-ctrf --results-directory "$reports" \
  "${explicit[@]}" "${arguments[@]}" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}
took tests
[ "$status" = 0 ] || { echo "What failed:"; failures; }
echo "The slowest tests:"
slowest
echo "The slowest test projects, three at a time:"
projects
(IFS=,; echo "Where the time went: ${times[*]}" | sed "s|,|, |g")
count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [ -z "$passed" ] || { [ "$status" != 0 ] && [ "${failed:-0}" = 0 ]; }; then failed=$((${failed:-0} + 1)); fi
[ "${passed:-0}" = 0 ] && [ "${failed:-0}" = 0 ] && failed=1
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
[ "${failed:-0}" = 0 ]
