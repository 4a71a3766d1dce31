package dev.sartor.sources;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.Folders;
import dev.sartor.core.file.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The files of a branch of a Git repository: its last commit alone is fetched, into a bare copy that stays, so that the next
/// run fetches what is new. A file's identity is its blob's.
final class GitStore implements Store {
    private static final int MOST_PACKS = 50;
    private static final long MOST_OF_A_FILE = 64L << 20;
    private static final int SECONDS = 120;
    private static final String HEAD = "refs/sartor/head";
    private static final String LFS = "version https://git-lfs.github.com/spec/";

    private final SourceSettings settings;
    private final Credentials credentials;
    private final AddressGuard guard;
    private final WebClient client;
    private final Path folder;
    private final Map<String, ObjectId> blobs = new HashMap<>();
    private Optional<String> advertised = Optional.empty();

    /// @param folder of the bare copy
    GitStore(
            SourceSettings settings,
            Credentials credentials,
            AddressGuard guard,
            WebClient client,
            Path folder) {
        this.settings = settings;
        this.credentials = credentials;
        this.guard = guard;
        this.client = client;
        this.folder = folder;
    }

    @Override
    public boolean isTree() {
        return true;
    }

    @Override
    public Listing list(Map<String, String> stamps) {
        try (var repository = repository()) {
            fetch(repository);
            return files(repository);
        } catch (WebFailure e) {
            throw e.ofListing();
        } catch (TransportException | NotSupportedException e) {
            throw failed(e);
        } catch (IOException | RuntimeException e) {
            if (e instanceof SartorException known) {
                throw known;
            }
            throw failed(e);
        }
    }

    private SartorException failed(Exception e) {
        var message = String.valueOf(e.getMessage());
        if (message.contains("does not have")) {
            return SartorException.user(
                    settings.where()
                            + " has no branch or tag "
                            + branch().orElse("HEAD")
                            + ": name one behind #, as in git+https://host/repo.git#main.",
                    e);
        }
        return SartorException.missing(
                settings.where() + " could not be fetched: " + message + ". Run it again.", e);
    }

    private Optional<String> branch() {
        int at = settings.address().indexOf('#');
        return at < 0 ? settings.text("branch") : Optional.of(settings.address().substring(at + 1));
    }

    private Repository repository() throws IOException {
        IsolatedGit.begin();
        var packs = folder.resolve("objects/pack");
        if (Files.isDirectory(packs)) {
            try (var all = Files.list(packs)) {
                if (all.filter(file -> file.toString().endsWith(".pack")).count() > MOST_PACKS) {
                    Folders.delete(folder);
                }
            }
        }
        PrivateFiles.makeFolder(folder);
        var repository = new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
        if (!Files.isDirectory(folder.resolve("objects"))) {
            repository.create(true);
        }
        return repository;
    }

    private void fetch(Repository repository) throws IOException, WebFailure {
        var wanted = branch();
        if (wanted.isEmpty()) {
            fetch(repository, Constants.HEAD);
            return;
        }
        try {
            fetch(repository, Constants.R_HEADS + wanted.get());
        } catch (TransportException e) {
            if (!String.valueOf(e.getMessage()).contains("does not have")) {
                throw e;
            }
            fetch(repository, Constants.R_TAGS + wanted.get());
        }
    }

    private void fetch(Repository repository, String ref) throws IOException, WebFailure {
        try (var transport = transport(repository, ref)) {
            if (advertised.isPresent() && advertised.equals(here(repository))) {
                return;
            }
            transport.setTimeout(SECONDS);
            transport.setDepth(1);
            transport.setTagOpt(TagOpt.NO_TAGS);
            transport.fetch(
                    NullProgressMonitor.INSTANCE, List.of(new RefSpec("+" + ref + ":" + HEAD)));
        }
    }

    /// Asks by our own client first, which follows redirects as far as they may lead; JGit follows none.
    private Transport transport(Repository repository, String ref) throws IOException, WebFailure {
        var plain = settings.address().substring("git+".length()).replaceFirst("#.*", "");
        try {
            if (plain.startsWith("file:")) {
                return Transport.open(repository, new URIish(plain));
            }
            var asked = "/info/refs?service=git-upload-pack";
            var first = URI.create(plain);
            var answer =
                    client.bytes(WebClient.Call.get(URI.create(plain + asked)), MOST_OF_A_FILE);
            var at = answer.at();
            advertised = advertised(answer, ref);
            var end = at.toString();
            if (!end.endsWith(asked)) {
                throw new WebFailure(
                        0, WebClient.shown(first) + " redirects to what is no repository");
            }
            repository.getConfig().setString("http", null, "followRedirects", "false");
            var address = end.substring(0, end.length() - asked.length());
            var transport = Transport.open(repository, new URIish(address));
            if (transport instanceof TransportHttp http) {
                http.setHttpConnectionFactory(new GuardedConnections(guard));
            }
            if (!credentials.isEmpty() && sameOrigin(first, at)) {
                transport.setCredentialsProvider(
                        new UsernamePasswordCredentialsProvider(
                                credentials.user().orElse("token"),
                                credentials.password().or(credentials::token).orElse("")));
            }
            return transport;
        } catch (java.net.URISyntaxException | IllegalArgumentException e) {
            throw SartorException.user(settings.where() + " is no address of a repository.", e);
        }
    }

    /// The commit that a ref is at, told before anything is fetched.
    private static Optional<String> advertised(WebClient.Answer answer, String ref) {
        var text = new String(answer.body(), StandardCharsets.ISO_8859_1);
        var line = Pattern.compile("([0-9a-f]{40}) " + Pattern.quote(ref) + "[\0\n]").matcher(text);
        return line.find() ? Optional.of(line.group(1)) : Optional.empty();
    }

    private static Optional<String> here(Repository repository) throws IOException {
        return Optional.ofNullable(repository.resolve(HEAD)).map(ObjectId::name);
    }

    private static boolean sameOrigin(URI a, URI b) {
        return a.getScheme().equals(b.getScheme())
                && a.getHost().equalsIgnoreCase(b.getHost())
                && a.getPort() == b.getPort();
    }

    private Listing files(Repository repository) throws IOException {
        blobs.clear();
        var entries = new ArrayList<Entry>();
        try (var revisions = new RevWalk(repository);
                var tree = new TreeWalk(repository)) {
            var head = repository.resolve(HEAD);
            if (head == null) {
                throw SartorException.user(settings.where() + " holds no commit: push one.");
            }
            tree.addTree(revisions.parseCommit(head).getTree());
            tree.setRecursive(true);
            while (tree.next()) {
                var mode = tree.getFileMode(0);
                if (mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)) {
                    if (entries.size() == RemoteSource.MOST_DOCUMENTS) {
                        throw RemoteSource.tooMany(settings.where());
                    }
                    var blob = tree.getObjectId(0);
                    blobs.put(tree.getPathString(), blob);
                    entries.add(
                            Entry.of(
                                    tree.getPathString(),
                                    blob.name(),
                                    Optional.of("git:" + blob.name())));
                }
            }
        }
        return new Listing(entries, List.of());
    }

    @Override
    public Content fetch(Entry entry, Path file) throws IOException {
        try (var repository = repository()) {
            var blob = repository.open(java.util.Objects.requireNonNull(blobs.get(entry.path())));
            if (blob.getSize() > MOST_OF_A_FILE) {
                throw new Unfetchable("has more than " + (MOST_OF_A_FILE >> 20) + " MiB");
            }
            if (blob.getSize() < 1024
                    && new String(blob.getBytes(), StandardCharsets.UTF_8).startsWith(LFS)) {
                throw new Unfetchable("is kept in Git LFS, which is not read");
            }
            try (var out = Files.newOutputStream(file)) {
                blob.copyTo(out);
            }
        }
        return Content.of(entry.path());
    }

    @Override
    public void close() {
        client.close();
    }
}
