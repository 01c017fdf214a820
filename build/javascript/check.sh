#!/usr/bin/env bash
# Lints the JavaScript in src/ and build/ and checks its format (biome.json), with the version of Biome pinned in package-lock.json. `check.sh --write` fixes what it can.
# Run it after a build: it uses the Node of the Microsoft.Playwright package. Biome is kept in the user's cache, never in the repository.
set -uo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)
root=$(dirname "$(dirname "$here")")
source "$root/build/prerequisites.sh"

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-x64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  Darwin-x86_64) platform=darwin-x64 ;;
  Darwin-arm64) platform=darwin-arm64 ;;
  *) say "test.sh: Microsoft.Playwright has no Node for $(uname -s) $(uname -m); the JavaScript is not checked."; exit 0 ;;
esac
node=$(find "$root/tests/Evoke.Testing.Browser/bin" -path "*/.playwright/node/$platform/node" -type f -print -quit 2>/dev/null)
[ -n "$node" ] || { say "check.sh: build first: Node is copied from Microsoft.Playwright's package into the output of tests/Evoke.Testing.Browser."; exit 2; }

lock=$(sha256sum "$here/package-lock.json" | cut -c 1-16)
tools="${XDG_CACHE_HOME:-$HOME/.cache}/evoke/javascript/$lock-$platform"
if [ ! -e "$tools" ]; then
  if ! command -v npm >/dev/null; then
    say "test.sh: npm is missing (Debian, Ubuntu: apt-get install npm); the JavaScript is not checked."
    exit 0
  fi
  mkdir -p "$(dirname "$tools")" || exit 2
  fresh=$(mktemp -d "$tools.XXXXXX") || exit 2
  cp "$here/package.json" "$here/package-lock.json" "$fresh"
  if ! said=$(cd "$fresh" && npm ci --ignore-scripts --no-audit --no-fund 2>&1); then
    rm -rf "$fresh"
    case $said in
      *EINTEGRITY*) say "$said"; exit 1 ;;
      *) say "test.sh: npm could not install Biome, so the JavaScript is not checked: $(printf '%s' "$said" | head -n 3)"; exit 0 ;;
    esac
  fi
  # If another run was faster, its copy stays.
  mv -T "$fresh" "$tools" 2>/dev/null || rm -rf "$fresh"
fi
cd "$root" && exec "$node" "$tools/node_modules/@biomejs/biome/bin/biome" check --error-on-warnings "$@"
