#!/usr/bin/env bash
# Makes the base images of deploy/Dockerfile where Microsoft's registry cannot be reached: Debian or Ubuntu from this machine's own package source
# (debootstrap), with this machine's .NET and its trusted certificates. As root:
#
#   build/base-images.sh [OPTIONS OF BUILDAH]        makes localhost/evoke-sdk and localhost/evoke-runtime
#
# Then: buildah build --isolation chroot --build-arg SDK_IMAGE=localhost/evoke-sdk --build-arg RUNTIME_IMAGE=localhost/evoke-runtime -f deploy/Dockerfile -t evoke .
set -euo pipefail
source /etc/os-release
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
mirror='' components=''
while IFS='|' read -r codename site component; do
  if [ "$codename" = "$VERSION_CODENAME" ] && [ "${mirror:-$site}" = "$site" ]; then
    mirror=$site
    components=${components:+$components,}$component
  fi
done < <(apt-get indextargets --format '$(CODENAME)|$(SITE)|$(COMPONENT)' 'Created-By: Packages')
[ -n "$mirror" ] || { echo "base-images.sh: apt-get knows no package source of $VERSION_CODENAME." >&2; exit 2; }

folder=$(mktemp -d)
trap 'rm -rf --one-file-system "$folder"' EXIT
root=$folder/root
debootstrap --variant=minbase --components="$components" --include=ca-certificates "$VERSION_CODENAME" "$root" "$mirror"
rm -f "$root"/var/cache/apt/archives/*.deb
# As in Microsoft's images: the user "app", and .NET in /usr/share/dotnet.
chroot "$root" sh -c 'groupadd --gid 1654 app && useradd --uid 1654 --gid 1654 --create-home app'
mkdir -p "$root/usr/share/dotnet"
cp -a "$dotnet/dotnet" "$dotnet/host" "$dotnet/shared" "$root/usr/share/dotnet/"
ln -s /usr/share/dotnet/dotnet "$root/usr/bin/dotnet"
rm -rf "$root/etc/ssl/certs"
cp -aL /etc/ssl/certs "$root/etc/ssl/certs"

image=$(buildah "$@" from scratch)
buildah "$@" add -q "$image" "$root" /
buildah "$@" config --env APP_UID=1654 --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$image"
buildah "$@" commit -q --rm "$image" evoke-runtime

image=$(buildah "$@" from evoke-runtime)
buildah "$@" copy -q "$image" "$dotnet" /usr/share/dotnet
# Without ICU, as the runtime image; revocation lists of a machine's own certificates are seldom reachable.
buildah "$@" config --env DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 --env NUGET_CERT_REVOCATION_MODE="${NUGET_CERT_REVOCATION_MODE:-online}" "$image"
buildah "$@" commit -q --rm "$image" evoke-sdk
