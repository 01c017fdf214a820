#!/usr/bin/env bash
# Packs every library and the command line (docs/packages.md).
#
#   build/pack.sh FOLDER [RUNTIME...]   into FOLDER; the command line for these runtimes, or for all that Evoke.Cli.csproj names
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
[ $# -gt 0 ] || { echo "build/pack.sh: expected the folder for the packages" >&2; exit 2; }
mkdir -p "$1"
folder=$(cd "$1" && pwd)
shift
cd "$root"
tool=src/Evoke.Cli/Evoke.Cli.csproj
runtimes=("$@")
[ ${#runtimes[@]} -gt 0 ] || IFS=';' read -ra runtimes <<<"$(sed -nE 's|.*<ToolPackageRuntimeIdentifiers>(.*)</.*|\1|p' "$tool")"

for project in src/*/*.csproj; do
  [ "$project" = "$tool" ] || dotnet pack "$project" -c Release -o "$folder" -v quiet -nologo
done
for runtime in "${runtimes[@]}"; do
  dotnet pack "$tool" -c Release -r "$runtime" -o "$folder" -v quiet -nologo
done
# The package that names the others has no program in it: nothing is built. The second property keeps the SDK from packing each runtime again, with the
# packages of none.
dotnet pack "$tool" -c Release --no-build -p:RuntimeIdentifier= -p:_InnerToolsPublishAot=true -o "$folder" -v quiet -nologo
