#!/usr/bin/env bash
# Installs what the tests need to run an Active Directory domain controller, on Debian and Ubuntu; as root.
set -euo pipefail

installed() { command -v "$1" >/dev/null; }
if installed samba && installed samba-tool && installed ldbmodify; then exit 0; fi

export DEBIAN_FRONTEND=noninteractive
packages=(samba samba-dsdb-modules samba-vfs-modules winbind ldb-tools)
apt-get update -q
# Where samba itself is no domain controller, these are.
for package in samba-ad-dc samba-ad-provision; do
  if apt-cache show "$package" >/dev/null 2>&1; then packages+=("$package"); fi
done
apt-get install -q -y --no-install-recommends "${packages[@]}"
