# What the scripts at the root share: finding what is missing, installing it where that is safe, naming it where it is not.
# Everything is said on standard error, so that `evoke … --json` stays clean.

say() { printf '%s\n' "$*" >&2; }

need_dotnet() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  if ! command -v dotnet >/dev/null; then
    say "evoke: .NET 10 is missing. Install its SDK from https://dotnet.microsoft.com/download/dotnet/10.0 (Debian, Ubuntu: package dotnet-sdk-10.0), then run this again."
    exit 2
  fi
}

# Asking dotnet takes 70 ms: only before a build.
need_sdk() {
  if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
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
    say "evoke: ffmpeg and ffprobe are missing. Install them (Debian, Ubuntu: sudo apt-get install ffmpeg; Fedora: sudo dnf install ffmpeg; macOS: brew install ffmpeg)."
    return 1
  fi
}

need_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then return; fi
  done
  if can_apt; then
    apt_install chromium fonts-dejavu-core
  else
    say "test.sh: Chromium is missing (Debian: sudo apt-get install chromium fonts-dejavu-core); the tests that open a page will be skipped."
  fi
}

# For the tests that run a Slurm of their own: its programs only. Debian's packages start services where there is systemd; without a slurm.conf they do not run.
need_slurm() {
  if PATH=$PATH:/usr/sbin:/sbin hash slurmctld slurmd sbatch munged 2>/dev/null; then return; fi
  if can_apt; then
    apt_install slurm-wlm munge || say "test.sh: Slurm could not be installed; the tests that need it will be skipped."
  else
    say "test.sh: Slurm is missing (Debian, as root: apt-get install slurm-wlm munge); the tests that run a cluster will be skipped."
  fi
}

# Which libtorch is built in, and name, time and size of every file that the program is made from. One find: about 10 ms.
# Names and times of files can be listed by whoever may look into their folders, also of a file that they may not read.
sources() {
  printf 'TorchBackend %s\n' "${TorchBackend:-cpu}"
  (cd "$root" && find src build recipes Directory.Build.props Directory.Build.targets Directory.Packages.props global.json \
    \( -name bin -o -name obj \) -prune -o -type f -printf '%p %T@ %s\n') | LC_ALL=C sort
}

# is_fresh BINARY: built from the very files that are there now. build_release keeps their list beside the binary.
is_fresh() {
  [ -e "$1" ] && [ -r "$1.sources" ] && sources | cmp -s - "$1.sources"
}

# refuse_build PROJECT: says why this user cannot build, and what to do.
refuse_build() {
  say "evoke: $root has changed since it was built, or was not built yet, and belongs to $(stat -c %U "$1"); you ($(id -un 2>/dev/null || id -u)) cannot write there."
  say "evoke: ask them to run './evoke doctor' once, which builds it for everybody; or clone the repository and run your own copy."
  exit 2
}

# build_release PROJECT BINARY: quiet when all is well, the compiler's own words when not. Two at once take turns.
build_release() {
  local log before lock
  lock="$(dirname "$1")/obj/build.lock"
  # All of a shared checkout's users may take the lock: whoever may write to the folder may build.
  { mkdir -p "$(dirname "$lock")" && [ -w "$(dirname "$lock")" ]; } 2>/dev/null || refuse_build "$1"
  [ -e "$lock" ] || (umask 000 && : >>"$lock")
  [ -w "$lock" ] || rm -f "$lock"
  log=$(mktemp)
  before=$(mktemp)
  exec 9>>"$lock"
  flock 9
  if ! is_fresh "$2"; then
    say "evoke: building (on first use, and again when sources change) …"
    # Listed before the build: what changes during it is built next time.
    sources >"$before"
    if ! dotnet build "$1" -c Release -v quiet -nologo >"$log" 2>&1 9>&-; then
      cat "$log" >&2
      rm -f "$log" "$before"
      exit 1
    fi
    # Not cp: mktemp's files are for their owner only, and so the list would be; to everybody else the program would look stale for ever.
    cat "$before" >"$2.sources.$$"
    mv -f "$2.sources.$$" "$2.sources"
  fi
  exec 9>&-
  rm -f "$log" "$before"
}
