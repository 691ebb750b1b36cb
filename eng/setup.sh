# shellcheck shell=bash
# Sourced by ./run, ./test and ./bench: what they need before they can build, and how they build.
# It expects bash and nothing else, and leaves the shell in the folder of the clone.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root" || exit

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# A build server that outlives the command would hold files and memory.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 2; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command quietly; its output is shown only when it fails.
quietly() {
  local log="artifacts/log/$1.log"
  shift
  mkdir -p artifacts/log
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 60 "$log" >&2
    say "(all of it: $log)"
    return 1
  fi
}

need_dotnet() {
  # Where the installation script of .NET puts it, when PATH does not know yet.
  if ! have dotnet && [[ -x "${HOME:-}/.dotnet/dotnet" ]]; then
    export DOTNET_ROOT="$HOME/.dotnet" PATH="$HOME/.dotnet:$PATH"
  fi
  local newest=0
  if have dotnet; then
    newest="$(dotnet --list-sdks 2>/dev/null | sed -E 's/^([0-9]+)\..*/\1/' | sort -n | tail -n 1)"
  fi
  if [[ "${newest:-0}" -lt 10 ]]; then
    die "The .NET SDK 10 is needed. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 and start again."
  fi
}

have_postgres() {
  local folder
  for folder in \
    "$(dirname "$(command -v pg_ctl || echo /nowhere/pg_ctl)")" \
    "$(pg_config --bindir 2>/dev/null || echo /nowhere)" \
    /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
    /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin \
    /Applications/Postgres.app/Contents/Versions/*/bin; do
    [[ -x "$folder/initdb" && -x "$folder/pg_ctl" ]] && return 0
  done
  return 1
}

have_redis() {
  have redis-server || have valkey-server
}

may_install() { [[ "$(id -u)" == 0 ]] && have apt-get; }

apt_update() {
  [[ -n "${apt_updated:-}" ]] || quietly apt-update apt-get -o DPkg::Lock::Timeout=120 update || return 1
  apt_updated=1
}

# Installs packages without letting them start their servers: TraceTrack runs private ones and needs no others.
# A subshell, so that what is changed for the time of the installation is put back however it ends.
apt_install() (
  policy=/usr/sbin/policy-rc.d
  if [[ ! -e "$policy" ]]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"
  fi
  DEBIAN_FRONTEND=noninteractive quietly "apt-$1" \
    apt-get -o DPkg::Lock::Timeout=120 -o Dpkg::Options::=--force-confold install -y --no-install-recommends "$@"
)

# Debian makes and starts a cluster when the server is installed, unless this setting says no.
install_postgres() (
  say "Installing postgresql and postgresql-contrib with apt-get. Debian's own cluster 'main' is not made: TraceTrack runs a private one …"
  apt_install postgresql-common || exit 1
  settings=/etc/postgresql-common/createcluster.conf
  if [[ -f "$settings" ]]; then
    saved="$(mktemp)"
    cp -p "$settings" "$saved"
    trap 'cp -p "$saved" "$settings"; rm -f "$saved"' EXIT
    trap 'exit 130' INT TERM
    sed -i -E '/^#? *create_main_cluster/d' "$settings"
    echo 'create_main_cluster = false' >>"$settings"
  fi
  # The trigram extension is of the second package, where that is not part of the first.
  apt_install postgresql postgresql-contrib || apt_install postgresql
)

need_postgres() {
  if [[ -n "${TRACETRACK_POSTGRES:-}" ]] || have_postgres; then
    return 0
  fi
  if may_install; then
    if apt_update && install_postgres; then
      return 0
    fi
    say "PostgreSQL could not be installed."
  else
    say "There is no PostgreSQL server on this computer. Going on with Docker, or without one. To have one:"
    say "  sudo apt-get install postgresql postgresql-contrib   (Fedora: sudo dnf install postgresql-server postgresql-contrib; macOS: brew install postgresql@17)"
  fi
}

need_redis() {
  if [[ -n "${TRACETRACK_REDIS:-}" ]] || have_redis || ! may_install; then
    return 0
  fi
  say "Installing redis-server with apt-get (not started as a service) …"
  if ! { apt_update && apt_install redis-server; }; then
    say "Redis could not be installed; going on without it."
  elif have systemctl; then
    # Or it would start with the computer's next start.
    systemctl disable redis-server >/dev/null 2>&1 || true
  fi
}

# HotChocolate is the host's engine; GraphQL.NET takes its place where the package feed does not have it.
choose_engine() {
  local engines=samples/GraphQLHost/Engines answer=artifacts/engine how
  if [[ -n "${GraphQLEngine:-}" ]]; then
    [[ -d "$engines/$GraphQLEngine" ]] || die "GraphQLEngine=$GraphQLEngine: there is no folder $engines/$GraphQLEngine."
    how="as GraphQLEngine says"
  elif [[ ! -d "$engines/HotChocolate" ]]; then
    GraphQLEngine=GraphQLNet
    how="the only one in this version"
  else
    # Having it stays true until the version changes; not having it is asked again after a day.
    local stale=
    [[ Directory.Packages.props -nt "$answer" ]] && stale=1
    [[ -f "$answer" && "$(cat "$answer")" != HotChocolate && -n "$(find "$answer" -mmin +1440)" ]] && stale=1
    if [[ ! -f "$answer" || -n "$stale" ]]; then
      probe_hotchocolate >"$answer.new"
      mv "$answer.new" "$answer"
    fi
    GraphQLEngine="$(cat "$answer")"
    how="HotChocolate.AspNetCore $([[ "$GraphQLEngine" == HotChocolate ]] && echo restores || echo "does not restore") from the package feed"
  fi
  export GraphQLEngine
  say "GraphQL engine: $GraphQLEngine ($how)"
}

probe_hotchocolate() {
  mkdir -p artifacts/probe
  cat >artifacts/probe/Probe.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PackageReference Include="HotChocolate.AspNetCore" />
  </ItemGroup>
</Project>
XML
  local limit=()
  ! have timeout || limit=(timeout 180)
  # The long form, because the bash of macOS takes an empty list for an unset variable.
  if ${limit[@]+"${limit[@]}"} dotnet restore artifacts/probe/Probe.csproj -v quiet >artifacts/probe/restore.log 2>&1 </dev/null; then
    echo HotChocolate
  else
    echo GraphQLNet
  fi
}

set_up() {
  need_dotnet
  mkdir -p artifacts
  need_postgres
  need_redis
  choose_engine
}

# Builds a project in Release, and not at all when nothing has changed since: then a start takes no longer than the program.
build() {
  local project="$1" name stamp now
  name="$(basename "$project" .csproj)"
  stamp="artifacts/built-$name"
  # The names tell of files that were deleted, the times of files that were edited.
  now="$GraphQLEngine $(sources -print | sort | cksum)"
  if [[ -f "$stamp" && -f "$(built_dll "$project")" && "$(cat "$stamp")" == "$now" && -z "$(sources -newer "$stamp" -print)" ]]; then
    return 0
  fi
  say "Building $name …"
  # The time before the build counts: what is edited while it runs is built the next time.
  forget_builds
  echo "$now" >"$stamp.new"
  quietly "build-$name" dotnet build "$project" -c Release -v quiet || { say "The build failed."; exit 1; }
  mv "$stamp.new" "$stamp"
}

# The projects share their output, so whatever builds with another engine makes all earlier builds unknown.
forget_builds() {
  local stamp
  for stamp in artifacts/built-*; do
    [[ ! -f "$stamp" || "$(cat "$stamp")" == "$GraphQLEngine "* ]] || rm -f "$stamp"
  done
}

built_dll() {
  echo "$(dirname "$1")/bin/Release/net10.0/$(basename "$1" .csproj).dll"
}

sources() {
  find global.json Directory.*.props eng src samples benchmarks tests/TraceTrack.Testing \
    \( -name bin -o -name obj \) -prune -o -type f "$@" 2>/dev/null
}
