#!/usr/bin/env bash
# Mutation testing with Stryker.NET (docs/testing.md): `build/mutation.sh PROJECT…`, for example `build/mutation.sh Evoke.Curves Evoke.Tensors Evoke.Files`.
# Each project is tested by the tests in tests/PROJECT.Tests. Options after `--` go to Stryker: `build/mutation.sh Evoke.Tensors -- --mutate '**/Zip/*.cs'`.
# The reports go to artifacts/mutation/PROJECT. It takes long; on a shared machine run it as `nice build/mutation.sh …`.
set -euo pipefail
root=$(cd "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")" && pwd)
source "$root/build/prerequisites.sh"
need_dotnet
need_sdk

projects=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
  if [ ! -d "$root/src/$1" ] || [ ! -d "$root/tests/$1.Tests" ]; then
    say "mutation.sh: src/$1 or tests/$1.Tests is missing; expected the name of a project, such as Evoke.Curves."
    exit 2
  fi
  projects+=("$1")
  shift
done
[ $# -eq 0 ] || shift
[ ${#projects[@]} -gt 0 ] || { say "mutation.sh: name at least one project, such as Evoke.Curves."; exit 2; }

cd "$root"
dotnet tool restore
# Tests write many small files: in memory they take a fifth of the time, and no other program's disk use lets them time out.
memory=/dev/shm
[ -w "$memory" ] || memory=${TMPDIR:-/tmp}
TMPDIR=$(mktemp -d -p "$memory" evoke-mutation-XXXXXX)
export TMPDIR
remove=("$TMPDIR")
trap 'rm -rf "${remove[@]}"' EXIT
for project in "${projects[@]}"; do
  # One test that fails kills a mutant: the others need not run.
  assembly="$root/tests/$project.Tests/bin/Release/net10.0/linux-x64"
  remove+=("$assembly/xunit.runner.json")
  mkdir -p "$assembly"
  echo '{ "stopOnFail": true }' > "$assembly/xunit.runner.json"
  cd "$root/tests/$project.Tests"
  dotnet stryker --config-file "$root/build/mutation.json" --project "$project.csproj" --output "$root/artifacts/mutation/$project" --skip-version-check "$@"
done
