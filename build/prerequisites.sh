# What the scripts at the root share: finding what is missing, installing it where that is safe, naming it where it is not.
# Everything is said on standard error, so that `evoke … --json` stays clean.

say() { printf '%s\n' "$*" >&2; }

need_dotnet() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  if ! command -v dotnet >/dev/null || ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    say "evoke: the .NET 10 SDK is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 (Debian, Ubuntu: package dotnet-sdk-10.0), then run this again."
    exit 2
  fi
}

# True for root on a Debian or Ubuntu with apt-get: the only place where we install by ourselves.
can_apt() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ -e /etc/debian_version ]; }

apt_install() {
  say "evoke: installing $* with apt-get …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >&2
}

need_ffmpeg() {
  if command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null; then return; fi
  if can_apt; then
    apt_install ffmpeg
  else
    say "evoke: ffmpeg and ffprobe are missing. Install them (Debian, Ubuntu: sudo apt-get install ffmpeg; Fedora: sudo dnf install ffmpeg; macOS: brew install ffmpeg), then run this again."
    exit 2
  fi
}

# is_fresh BINARY: built, and no source is newer. Compares with the stamp that build_release leaves.
is_fresh() {
  local stamp="$1.built"
  [ -e "$1" ] && [ -e "$stamp" ] || return 1
  local newer
  newer=$(find "$root/src" "$root/build" "$root/recipes" "$root/Directory.Build.props" "$root/Directory.Build.targets" "$root/Directory.Packages.props" "$root/global.json" \
    \( -name bin -o -name obj \) -prune -o -newer "$stamp" -print -quit)
  [ -z "$newer" ]
}

# build_release PROJECT BINARY: quiet when all is well, the compiler's own words when not.
build_release() {
  local log started
  say "evoke: building (once, and again when sources change) …"
  started=$(mktemp)
  log=$(mktemp)
  if ! dotnet build "$1" -c Release -v quiet -nologo >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log" "$started"
    exit 1
  fi
  # The stamp is as old as the start of the build: what changes during it is built next time.
  touch -r "$started" "$2.built"
  rm -f "$log" "$started"
}
