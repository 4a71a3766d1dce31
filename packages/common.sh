# What the scripts of this folder share; read by them, not run.

say() { printf '%s: %s\n' "$program" "$*" >&2; }
missing() { say "$*"; exit 3; }

# The text between a script's first line and its first empty line, for --help.
help_of() { sed -n '2,/^$/ { /^$/d; s/^# \{0,1\}//; p; }' "$1"; }

# A program that a script needs, and the Debian package that has it.
need() { command -v "$1" >/dev/null || missing "$1 is missing: install it, such as by \`apt install $2\`."; }

root=$(CDPATH='' cd -- "${0%/*}/.." && pwd -P) || exit 3
version=$(sed -n '/<artifactId>sartor<\/artifactId>/,/<\/version>/ s:.*<version>\(.*\)</version>.*:\1:p' "$root/pom.xml" | head -n 1)
out=${SARTOR_PACKAGES:-$root/target/packages}

# The time of everything in a package: what Maven gives to the entries of jars, unless the environment says another.
timestamp=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*:\1:p' "$root/pom.xml")
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(date -u -d "$timestamp" +%s)}
export SOURCE_DATE_EPOCH

# The folder's files get one time, and modes that hang on nobody's umask.
even_out() {
    chmod -R u=rwX,go=rX "$1"
    find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
}

# An archive whose bytes hang on nothing but the files: `archive FOLDER FILE`.
archive() {
    tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --format=gnu \
        -C "${1%/*}" -cf - "${1##*/}" | gzip -n -6 >"$2.part" && mv -f "$2.part" "$2"
}

checksum() { (cd "${1%/*}" && sha256sum "${1##*/}" >"${1##*/}.sha256"); }
