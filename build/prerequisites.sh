# Shared by the scripts at the root: finds missing programs, installs them where that is safe, and names them elsewhere.
# All messages go to standard error, so that `evoke … --json` prints JSON only.

say() { printf '%s\n' "$*" >&2; }

need_dotnet() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  if ! command -v dotnet >/dev/null; then
    say "evoke: .NET 10 is missing. Install its SDK from https://dotnet.microsoft.com/download/dotnet/10.0 (Debian, Ubuntu: package dotnet-sdk-10.0), then run this command again."
    exit 2
  fi
}

# Only called before a build: dotnet takes 70 ms to answer.
need_sdk() {
  if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
    say "evoke: the .NET 10 SDK is missing. Install it from https://dotnet.microsoft.com/download/dotnet/10.0 (Debian, Ubuntu: package dotnet-sdk-10.0), then run this command again."
    exit 2
  fi
}

# True for root on Debian or Ubuntu with apt-get: only there do we install programs.
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

# Debian's headless shell is the same engine without windows, at a third of the processor time; elsewhere, as on Ubuntu, the whole browser.
need_chromium() {
  local name
  for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then return; fi
  done
  if can_apt; then
    apt_install chromium-headless-shell fonts-dejavu-core || apt_install chromium fonts-dejavu-core
  else
    say "test.sh: Chromium is missing (Debian: sudo apt-get install chromium-headless-shell fonts-dejavu-core); tests that open a page will be skipped."
  fi
}

# For the tests that run their own Slurm cluster; only the programs are needed. Where systemd runs, Debian's packages start services, which exit without a slurm.conf.
need_slurm() {
  if PATH=$PATH:/usr/sbin:/sbin hash slurmctld slurmd sbatch munged 2>/dev/null; then return; fi
  if can_apt; then
    apt_install slurm-wlm munge || say "test.sh: Slurm could not be installed; tests that need it will be skipped."
  else
    say "test.sh: Slurm is missing (Debian, as root: apt-get install slurm-wlm munge); tests that run a cluster will be skipped."
  fi
}

# For the test that builds and runs the container image; only root can.
need_buildah() {
  if PATH=$PATH:/usr/sbin:/sbin hash buildah debootstrap 2>/dev/null; then return; fi
  if can_apt; then
    apt_install buildah debootstrap || say "test.sh: buildah and debootstrap could not be installed; the tests of the container image will be skipped."
  else
    say "test.sh: buildah or debootstrap is missing (Debian, as root: apt-get install buildah debootstrap); the tests of the container image will be skipped."
  fi
}

# The builds of libtorch and ONNX Runtime in use, and the name, time and size of every file that the program is built from. One find: about 10 ms.
# Users who may list a folder can see the names and times of its files, even of files that they may not read.
sources() {
  printf 'TorchBackend %s\nOnnxBackend %s\n' "${TorchBackend:-cpu}" "${OnnxBackend:-cpu}"
  (cd "$root" && find src build recipes Directory.Build.props Directory.Build.targets Directory.Packages.props global.json \
    \( -name bin -o -name obj \) -prune -o -type f -printf '%p %T@ %s\n') | LC_ALL=C sort
}

# is_fresh BINARY: true if it was built from the present files. build_release keeps their list beside the binary.
is_fresh() {
  [ -e "$1" ] && [ -r "$1.sources" ] && sources | cmp -s - "$1.sources"
}

# refuse_build PROJECT: explains why this user cannot build, and what to do.
refuse_build() {
  say "evoke: $root has changed since it was built, or was not built yet, and belongs to $(stat -c %U "$1"); you ($(id -un 2>/dev/null || id -u)) cannot write there."
  say "evoke: ask them to run './evoke doctor' once, which builds it for all users; or clone the repository and run your own copy."
  exit 2
}

# build_dotnet ARGUMENTS: runs dotnet for a build. MSBuild runs no command where the path of the temporary folder has spaces (exit code 2).
# One compiler process takes all projects: a new one for each would spend most of its time on compiling the analyzers. The runtime learns nothing from the
# first calls of its methods, which takes a quarter less of the processor. It is ended afterwards; if that fails, it ends after ten minutes without work.
build_dotnet() {
  local compiler="evoke-$$-$RANDOM" temporary="${TMPDIR:-/tmp}" status=0
  case $temporary in *[[:space:]]*) temporary=/tmp ;; esac
  TMPDIR=$temporary DOTNET_TieredPGO=0 dotnet "$@" -p:UseSharedCompilation=true "-p:SharedCompilationId=$compiler" || status=$?
  TMPDIR=$temporary dotnet "$(dotnet_sdk)/Roslyn/bincore/VBCSCompiler.dll" "-pipename:$compiler" -shutdown >/dev/null 2>&1 || true
  return "$status"
}

# The folder of the SDK in use.
dotnet_sdk() { echo "$(dirname "$(readlink -f "$(command -v dotnet)")")/sdk/$(dotnet --version)"; }

# build_release PROJECT BINARY: prints nothing on success, and the compiler's output on failure. Concurrent builds take turns.
build_release() {
  local log before lock
  lock="$(dirname "$1")/obj/build.lock"
  # Every user of a shared checkout may take the lock: whoever may write to the folder may build.
  { mkdir -p "$(dirname "$lock")" && [ -w "$(dirname "$lock")" ]; } 2>/dev/null || refuse_build "$1"
  [ -e "$lock" ] || (umask 000 && : >>"$lock")
  [ -w "$lock" ] || rm -f "$lock"
  log=$(mktemp)
  before=$(mktemp)
  exec 9>>"$lock"
  flock 9
  if ! is_fresh "$2"; then
    say "evoke: building (on first use, and after source changes) …"
    # Listed before the build, so that changes made during it are built next time.
    sources >"$before"
    # Somebody waits for the first build: it leaves code analysis, a third of the time, to test.sh and to later builds.
    local analysis=()
    [ -e "$2" ] || analysis=(-p:RunAnalyzers=false)
    if ! build_dotnet build "$1" -c Release -v quiet -nologo "${analysis[@]}" >"$log" 2>&1 9>&-; then
      cat "$log" >&2
      rm -f "$log" "$before"
      exit 1
    fi
    # Not cp: it would keep the mode of mktemp's files, which only their owner may read, and the program would always look stale to other users.
    cat "$before" >"$2.sources.$$"
    mv -f "$2.sources.$$" "$2.sources"
  fi
  exec 9>&-
  rm -f "$log" "$before"
}
