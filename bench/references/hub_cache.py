"""Holds the cache's layout against huggingface_hub: what each of the two fetches from a hub on this machine, the other finds offline.

usage: hub_cache.py SARTOR      Needs huggingface_hub. SARTOR is the launcher; prints one line of JSON and fails where either does not find it."""
import hashlib, http.server, json, os, pathlib, subprocess, sys, tempfile, threading

COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {"config.json": b"{}", "model.safetensors": bytes(range(256)) * 4000, "README.md": b"---\nlicense: mit\n---\n"}

def git(content): return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
def etag(path): return hashlib.sha256(FILES[path]).hexdigest() if path.endswith("safetensors") else git(FILES[path])

class Hub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def log_message(self, *_): pass
    def answer(self, status, body, headers={}):
        self.send_response(status)
        for name, value in headers.items(): self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET": self.wfile.write(body)
    def do_GET(self):
        path = self.path.split("?")[0]
        if path.startswith("/api/models/acme/tiny/tree/"):
            return self.answer(200, json.dumps([{"type": "file", "path": p, "size": len(c), "oid": git(c),
                **({"lfs": {"oid": etag(p), "size": len(c), "pointerSize": 134}} if p.endswith("safetensors") else {})} for p, c in FILES.items()]).encode(),
                {"Content-Type": "application/json"})
        if path.startswith("/api/models/acme/tiny"):
            siblings = [{"rfilename": p, "size": len(c), "blobId": git(c), **({"lfs": {"sha256": etag(p), "size": len(c), "pointerSize": 134}} if p.endswith("safetensors") else {})}
                for p, c in FILES.items()]
            return self.answer(200, json.dumps({"id": "acme/tiny", "sha": COMMIT, "siblings": siblings, "cardData": {"license": "mit"}}).encode(),
                {"Content-Type": "application/json"})
        name = path.rsplit("/", 1)[1]
        if "/resolve/" not in path or name not in FILES: return self.answer(404, b"", {"X-Error-Code": "EntryNotFound"})
        content, headers = FILES[name], {"ETag": f'"{etag(name)}"', "X-Repo-Commit": COMMIT, "Accept-Ranges": "bytes"}
        if name.endswith("safetensors"): headers |= {"X-Linked-Etag": f'"{etag(name)}"', "X-Linked-Size": str(len(content))}
        wanted = self.headers.get("Range")
        if not wanted: return self.answer(200, content, headers)
        first, last = (wanted.removeprefix("bytes=").split("-") + [""])[:2]
        first, last = int(first), min(int(last or len(content) - 1), len(content) - 1)
        self.answer(206, content[first:last + 1], headers | {"Content-Range": f"bytes {first}-{last}/{len(content)}"})
    do_HEAD = do_GET

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hub)
threading.Thread(target=server.serve_forever, daemon=True).start()
endpoint, there = f"http://127.0.0.1:{server.server_port}", pathlib.Path(tempfile.mkdtemp())
clean = {k: v for k, v in os.environ.items() if not k.startswith(("HF_", "HUGGING", "SARTOR_CACHE"))}

def python(code, **env):
    done = subprocess.run([sys.executable, "-c", code], env=clean | {"HF_ENDPOINT": endpoint, "HF_HUB_DISABLE_XET": "1"} | env,
        capture_output=True, text=True)
    if done.returncode: sys.exit(done.stderr)
    return done.stdout.strip().splitlines()[-1]

def sartor(*args, **env):
    done = subprocess.run([sys.argv[1], *args], env=clean | {"HF_ENDPOINT": endpoint} | env, capture_output=True, text=True)
    if done.returncode: sys.exit(f"sartor {args}: {done.stderr}")
    return json.loads(done.stdout)

def same(folder): return all((pathlib.Path(folder) / p).read_bytes() == c for p, c in FILES.items() if p != "README.md")

fetched = python("import huggingface_hub as h; print(h.snapshot_download('acme/tiny'))", HF_HOME=str(there / "hf"))
ours = sartor("models", "pull", "acme/tiny", "--json", HF_HOME=str(there / "hf"), SARTOR_CACHE=str(there / "a"), HF_HUB_OFFLINE="1")[0]
sartor("models", "pull", "acme/tiny", "--json", HF_HOME=str(there / "none"), SARTOR_CACHE=str(there / "b"))
theirs = python("import huggingface_hub as h; print(h.snapshot_download('acme/tiny', cache_dir=%r, local_files_only=True))" % str(there / "b/models"),
    HF_HOME=str(there / "none"), HF_HUB_OFFLINE="1")
one = python("import huggingface_hub as h; print(h.try_to_load_from_cache('acme/tiny', 'model.safetensors', cache_dir=%r))" % str(there / "b/models"))
result = {"huggingface_hub": python("import huggingface_hub as h; print(h.__version__)"), "theirs_found_here": same(ours["folder"]) and same(fetched),
    "licence_read": ours["licence"]["id"], "ours_found_there": same(theirs) and pathlib.Path(one).read_bytes() == FILES["model.safetensors"]}
print(json.dumps(result))
sys.exit(not (result["theirs_found_here"] and result["ours_found_there"] and result["licence_read"] == "mit"))
