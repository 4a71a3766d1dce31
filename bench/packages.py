"""Packages as a user meets them: made twice, unpacked in a bare Debian without Java, Maven, Python or network, installed, removed, and used from a Java program.

usage: packages.py OUT_JSON --debian FOLDER [--only PART,…] [--starts 10]

FOLDER is a bare Debian, as `debootstrap --variant=minbase bookworm FOLDER` makes it (as root); it is copied, not changed. Parts, each with its figures in OUT_JSON (a part
that is run again replaces its older figures):
  bytes       two clones in two folders, each built and bundled: whether the archives are equal; sizes
  bundle      unpacked in the Debian, read-only, as a user without rights, without network: `version`, `quickstart` without models (says what is missing), the seconds of the
              first and of later `--help`
  deb         installed, started, verified and removed in the Debian: what stays behind
  quickstart  `quickstart` there, with the models of this machine's cache put in first (15 minutes alone, hours beside other work); its figures and exit code
  serve       `serve` there with a read-only root: seconds until the health check says yes
  embed       the artefacts deployed into a folder, and examples/embed-in-java compiled and run outside of the repository: a prompt, a search, a training
Linux, as root. About 20 minutes with all parts.
"""
import argparse, hashlib, os, re, shutil, subprocess, sys, tempfile, time
from pathlib import Path

import common

ROOT = common.ROOT
MODELS = ("models--QuantFactory--SmolLM2-135M-Instruct-GGUF", "models--sentence-transformers--all-MiniLM-L6-v2")
OWNER = 10001

a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
a.add_argument("out", type=Path), a.add_argument("--debian", type=Path, required=True), a.add_argument("--starts", type=int, default=10)
a.add_argument("--only", default="bytes,bundle,deb,quickstart,serve,embed")
a = a.parse_args()
work = Path(tempfile.mkdtemp(prefix="sartor-packages-"))


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def size_mib(folder):
    return round(sum(each.lstat().st_size for each in Path(folder).rglob("*") if each.is_file() and not each.is_symlink()) / 2**20, 1)


def made(checkout, script, *options):
    """What a script of packages/ made, which it prints last."""
    return Path(common.run(checkout / "packages" / script, *options).stdout.strip().splitlines()[-1])


def debian():
    """A copy of the bare Debian."""
    copy = work / "debian"
    if not copy.exists():
        common.run("cp", "-a", "--reflink=auto", a.debian, copy)
        (copy / "data").mkdir()
        os.chown(copy / "data", OWNER, OWNER)
    return copy


def inside(root, command, user=OWNER, readonly=True, **more):
    """Runs a command line of bash in the folder: no network but the loopback, and by default a root that cannot be written but for /data."""
    mounts = f"ip link set lo up; mount -o bind {root} {root}; mount -t proc proc {root}/proc; "
    if readonly:
        mounts += f"mount -o bind {root}/data {root}/data; mount -o remount,ro,bind {root}; "
    home = "/data" if user else "/"
    start = f"{mounts} exec chroot --userspec={user}:{user} {root} env -i HOME={home} PATH=/opt/sartor:/usr/sbin:/usr/bin:/sbin:/bin bash -c \"$0\""
    return subprocess.run(["unshare", "-m", "-n", "sh", "-c", start, "cd; " + command], capture_output=True, text=True, **more)


def bundled():
    root = debian()
    target = root / "opt/sartor"
    if not target.exists():
        archive = made(ROOT, "bundle")
        common.run("tar", "-xzf", archive, "-C", root / "opt")
        next((root / "opt").glob("sartor-*")).rename(target)
        shutil.copy2(ROOT / "packages/healthcheck", target)
    return root


def with_models(root):
    """Also where a command without network has left the folder empty."""
    models = root / "data/.cache/sartor/models"
    models.mkdir(parents=True, exist_ok=True)
    for name in MODELS:
        if not (models / name / "snapshots").exists():
            shutil.rmtree(models / name, ignore_errors=True)
            shutil.copytree(Path.home() / ".cache/sartor/models" / name, models / name, symlinks=True)
    common.run("chown", "-R", f"{OWNER}:{OWNER}", root / "data")


def bytes_part():
    archives = []
    for folder in ("one", "another/folder"):
        checkout = work / folder
        checkout.parent.mkdir(parents=True, exist_ok=True)
        common.run("git", "clone", "--quiet", ROOT, checkout)
        archives.append(made(checkout, "bundle"))
    debs = [made(work / folder, "deb", archive) for folder, archive in zip(("one", "another/folder"), archives)]
    return {"bundles_equal": sha256(archives[0]) == sha256(archives[1]), "debs_equal": sha256(debs[0]) == sha256(debs[1]),
            "sha256": sha256(archives[0]), "archive_mib": round(archives[0].stat().st_size / 2**20, 1), "deb_mib": round(debs[0].stat().st_size / 2**20, 1),
            "unpacked_mib": size_mib(str(archives[0]).removesuffix(".tar.gz"))}


def bundle_part():
    root = bundled()
    there = [name for name in ("java", "mvn", "python3") if inside(root, f"command -v {name}").returncode == 0]
    seconds = []
    for _ in range(a.starts):
        start = time.monotonic()
        helped = inside(root, "sartor --help >/dev/null")
        seconds.append(round(time.monotonic() - start, 3))
    version = inside(root, "sartor version")
    missing = inside(root, "sartor quickstart --dir empty")
    return {"java_maven_python_there": there, "version": version.stdout.strip().splitlines()[0], "help_code": helped.returncode, "help_seconds_first": seconds[0],
            "help_seconds_best": min(seconds), "root_writable": inside(root, "touch /x").returncode == 0,
            "quickstart_without_network": {"code": missing.returncode, "said": missing.stderr.strip().splitlines()[-1]}}


def listed(root):
    return {str(each.relative_to(root)) for top in ("etc", "usr", "var", "opt") for each in (root / top).rglob("*")}


def deb_part():
    root = debian()
    package = made(ROOT, "deb")
    before = listed(root)
    shutil.copy2(package, root / "tmp/sartor.deb")
    steps = {}
    for name, command in (("install", "dpkg -i /tmp/sartor.deb"), ("version", "/usr/bin/sartor version"), ("verify", "dpkg -V sartor"), ("remove", "dpkg -r sartor")):
        steps[name] = inside(root, command, user=0, readonly=False).returncode
    return {"codes": steps, "left_behind": sorted(listed(root) - before)}


def quickstart_part():
    root = bundled()
    with_models(root)
    start = time.monotonic()
    done = inside(root, "nice -n 10 sartor quickstart --json figures.json")
    figures = common.read(root / "data/figures.json")
    return {"code": done.returncode, "seconds": round(time.monotonic() - start), "chosen": {each["name"]: each["verdict"]["candidate"] for each in figures["tasks"]},
            "report_mib": round((root / "data/helpdesk/report.html").stat().st_size / 2**20, 2)}


def serve_part():
    root = bundled()
    with_models(root)
    script = """export SARTOR_API_KEY=0123456789abcdef0123456789abcdef; sartor serve --model smollm2-135m-instruct --host 0.0.0.0 --behind-proxy 127.0.0.1 2>serve.log & server=$!
        for i in $(seq 3000); do kill -0 $server || exit 9; healthcheck 2>/dev/null && break; sleep 0.1; done; echo $i; kill $server; wait $server; exit 0"""
    done = inside(root, script)
    return {"code": done.returncode, "healthy_after_seconds": int(done.stdout or 0) / 10, "crashed": bool(list((root / "data").glob("hs_err*")))}


def embed_part():
    repository, project = work / "repository", work / "embed"
    common.run("mvn", "-q", "-B", "-ntp", "-Prelease", "-Dfast", "-DskipTests", "deploy", f"-DaltDeploymentRepository=local::file:{repository}", cwd=ROOT)
    shutil.copytree(ROOT / "examples/embed-in-java", project, ignore=shutil.ignore_patterns("target"))
    settings = work / "settings.xml"
    settings.write_text("<settings><profiles><profile><id>here</id><repositories><repository><id>sartor</id>"
                        f"<url>file:{repository}</url><snapshots><enabled>true</enabled></snapshots></repository></repositories></profile></profiles>"
                        "<activeProfiles><activeProfile>here</activeProfile></activeProfiles></settings>")
    common.run("mvn", "-q", "-B", "-ntp", "-s", settings, f"-Dmaven.repo.local={work}/m2", "-f", project / "pom.xml", "compile",
               "dependency:build-classpath", f"-Dmdep.outputFile={project}/classpath")
    classpath = f"{project}/target/classes:{(project / 'classpath').read_text().strip()}"
    java = Path(os.environ.get("JAVA_HOME", "/usr")) / "bin/java"
    cache = os.environ.get("SARTOR_CACHE", str(Path.home() / ".cache/sartor"))

    def program(name, *arguments):
        return common.run(java, f"@{ROOT}/examples/jvm.options", "-cp", classpath, f"-Dorg.bytedeco.javacpp.cachedir={cache}/javacpp", f"com.example.{name}", *arguments).stdout.strip()

    (work / "papers").mkdir()
    (work / "papers/notice.md").write_text("# Ending\n\nThe notice is 21 days.\n")
    common.sartor(ROOT / "sartor", "index", work / "papers", "--out", work / "shelf", "--public")
    shutil.copytree(ROOT / "product/cli/src/test/resources/written-by-0.1/desk", work / "desk", ignore=shutil.ignore_patterns("runs"))
    file = work / "desk/sartor.yaml"
    file.write_text(file.read_text().replace("approaches: [tfidf]", "model: smollm2-135m-instruct\napproaches: [tune]\ntune: {epochs: 1, max_forgetting: 1}"))
    artefacts = [each.name for each in (repository / "dev/sartor").iterdir() if each.is_dir()]
    return {"artefacts": len(artefacts), "with_sources_and_javadoc": sum(1 for each in artefacts if {"sources", "javadoc"} <= {
                kind for kind in ("sources", "javadoc") if list((repository / "dev/sartor" / each).rglob(f"*-{kind}.jar"))}),
            "prompt": program("Prompt", "smollm2-135m-instruct", "Say hello in one word."), "retrieve": program("Retrieve", work / "shelf", "When does it end?", "ann"),
            "tune": bool(re.search(r"runs/adapters/route-", program("Tune", work / "desk", "route")))}


if os.geteuid() != 0 or sys.platform != "linux":
    sys.exit("packages.py needs Linux and root, for chroot and unshare")
parts = {"bytes": bytes_part, "bundle": bundle_part, "deb": deb_part, "quickstart": quickstart_part, "serve": serve_part, "embed": embed_part}
unknown = set(a.only.split(",")) - set(parts)
if unknown:
    sys.exit(f"--only must name {', '.join(parts)}, got {', '.join(sorted(unknown))}")
result = common.read(a.out)
try:
    for name in a.only.split(","):
        look, commit = common.Look(), common.commit()
        figures = parts[name]()
        result[name] = {"commit": commit, "date": time.strftime("%Y-%m-%d"), "others_share_of_cores_before": look.others, **figures}
        print(name, result[name], flush=True)
        result["machine"] = {"processor": common.processor(), "cores": os.cpu_count()}
        common.write(a.out, result)
finally:
    shutil.rmtree(work, ignore_errors=True)
