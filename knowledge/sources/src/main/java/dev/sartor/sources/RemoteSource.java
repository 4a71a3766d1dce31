package dev.sartor.sources;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Folders;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.AccessRule;
import dev.sartor.documents.Glob;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.documents.source.FetchedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The documents of a store. It is listed as a whole or not at all, and while it is followed once a minute, however often it is
/// looked at. What is fetched lies in a private folder until it is read. Not thread-safe.
final class RemoteSource implements DocumentSource {
    static final int MOST_DOCUMENTS = 1_000_000;
    private static final Duration BETWEEN_LISTINGS = Duration.ofMinutes(1);
    private static final String UNFETCHED = "could not be fetched: ";

    /// What all stores have in common.
    ///
    /// @param included patterns of paths, one of which must fit; none for all
    /// @param folder for what is fetched; made where there is none
    /// @param isCurated whether somebody here answers for what the documents say
    record Common(
            List<Glob> included,
            AccessPolicy access,
            ParseLimits limits,
            Path folder,
            boolean isCurated,
            Clock clock) {}

    private final String shown;
    private final Store store;
    private final Common common;
    private final TreeRules rules;
    private final Path spool;
    private final Map<String, Store.Content> spooled = new HashMap<>();
    private Map<String, Known> known = Map.of();
    private Map<String, Store.Entry> entries = Map.of();
    private List<Listed> last = List.of();
    private Optional<SartorException> failure = Optional.empty();
    private Optional<Instant> listed = Optional.empty();
    private List<ParseReport.Unreadable> remarks = List.of();
    private List<String> unused = List.of();
    private Optional<FetchedFiles> files = Optional.empty();

    /// @param shown names the store, without secrets
    RemoteSource(String shown, Store store, Common common) {
        this.shown = shown;
        this.store = store;
        this.common = common;
        this.rules = new TreeRules(common.folder().resolve("rules"));
        this.spool = common.folder().resolve("spool");
    }

    static SartorException tooMany(String shown) {
        return SartorException.user(
                shown
                        + " must hold at most 1,000,000 documents, and holds more: index a part of it, and the rest into"
                        + " another index.");
    }

    @Override
    public void recall(Map<String, Known> known) {
        this.known = known;
    }

    @Override
    public List<Listed> list() {
        var now = common.clock().instant();
        if (listed.isPresent() && now.isBefore(listed.get().plus(BETWEEN_LISTINGS))) {
            if (failure.isPresent()) {
                throw failure.get();
            }
            return last;
        }
        listed = Optional.of(now);
        try {
            failure = Optional.empty();
            last = listNow();
            return last;
        } catch (SartorException e) {
            failure = Optional.of(e);
            throw e;
        } catch (Store.Unfetchable e) {
            failure = Optional.of(SartorException.user(shown + ": " + e.reason(), e));
            throw failure.get();
        } catch (IOException e) {
            failure =
                    Optional.of(
                            SartorException.missing(
                                    shown + " cannot be listed: " + e.getMessage(), e));
            throw failure.get();
        }
    }

    private List<Listed> listNow() throws IOException {
        prepare();
        var listing = store.list(stamps());
        var found = new ArrayList<ParseReport.Unreadable>(listing.remarks());
        var sound = new ArrayList<Store.Entry>();
        for (var entry : listing.entries()) {
            var fault = store.isTree() ? Names.fault(entry.path()) : Optional.<String>empty();
            fault.ifPresent(why -> found.add(new ParseReport.Unreadable(entry.path(), why)));
            if (fault.isEmpty()) {
                sound.add(entry);
            }
        }
        var all = new TreeMap<String, Listed>();
        var kept = new HashMap<String, Store.Entry>();
        if (store.isTree()) {
            var holds = rules.now(store, sound);
            for (var entry : sound) {
                if (!holds.leavesOut(entry.path()) && isIncluded(entry.path())) {
                    all.put(entry.path(), listed(entry, holds.of(entry.path())));
                    kept.put(entry.path(), entry);
                }
            }
            found.addAll(holds.broken());
            unused = holds.unused(all.keySet());
        } else {
            for (var entry : sound) {
                if (isIncluded(entry.path())) {
                    all.put(entry.path(), listed(entry, List.of(entry.access())));
                    kept.put(entry.path(), entry);
                }
            }
        }
        entries = kept;
        remarks = found;
        return List.copyOf(all.values());
    }

    private void prepare() throws IOException {
        if (files.isEmpty()) {
            PrivateFiles.makeFolder(common.folder());
            rules.clear();
            if (Files.isDirectory(spool)) {
                Folders.delete(spool);
            }
            PrivateFiles.makeFolder(spool);
            files = Optional.of(new FetchedFiles(spool.toRealPath(), common.limits()));
        }
    }

    private boolean isIncluded(String path) {
        return common.included().isEmpty()
                || common.included().stream().anyMatch(glob -> glob.fits(path));
    }

    private Listed listed(Store.Entry entry, List<AccessRule> said) {
        var before = known.get(entry.path());
        boolean failed = before != null && before.failure().startsWith(UNFETCHED);
        Readers readers = common.access().of(entry.path(), said);
        return new Listed(
                entry.path(),
                stamp(entry) + (failed ? "|tried " + common.clock().instant() : ""),
                entry.changed(),
                readers,
                common.isCurated() ? entry.metadata().curated() : entry.metadata().uncurated());
    }

    /// Tells whether it is curated, too, so that documents are relabelled where that changes.
    private String stamp(Store.Entry entry) {
        return reading(entry.path())
                + (common.isCurated() ? "" : " uncurated")
                + "|"
                + entry.stamp();
    }

    private String reading(String path) {
        return files.orElseThrow().reading(path);
    }

    /// What the store gave as stamps, of what could be read.
    private Map<String, String> stamps() {
        var stamps = new HashMap<String, String>();
        known.forEach((path, each) -> {
            if (each.failure().isEmpty()) {
                stamps.put(path, each.stamp().substring(each.stamp().indexOf('|') + 1));
            }
        });
        return stamps;
    }

    @Override
    public List<ParseReport.Unreadable> remarks() {
        return remarks;
    }

    @Override
    public List<String> unusedRules() {
        return unused;
    }

    @Override
    public String sha256(Listed listed) throws IOException {
        var entry = entry(listed.path());
        var reading = reading(listed.path()) + "\n";
        var again = listed.stamp().equals(stamp(entry)) ? "" : listed.stamp();
        if (entry.identity().isPresent()) {
            return Sha256.of(reading + entry.identity().get() + again);
        }
        try {
            fetched(entry);
            return Sha256.of(reading + Sha256.of(file(entry)));
        } catch (Store.Unfetchable e) {
            return Sha256.of(reading + e.reason() + common.clock().instant());
        }
    }

    private Store.Entry entry(String path) {
        var entry = entries.get(path);
        if (entry == null) {
            throw SartorException.defect(path + " was not listed");
        }
        return entry;
    }

    /// In a folder of its own: names of one store may be both a folder and a file.
    private Path file(Store.Entry entry) {
        return spool.resolve(Sha256.of(entry.path()).substring(0, 32)).resolve("content");
    }

    private Store.Content fetched(Store.Entry entry) throws IOException {
        var known = spooled.get(entry.path());
        if (known != null) {
            return known;
        }
        var file = file(entry);
        Files.createDirectories(file.resolveSibling("."));
        Files.deleteIfExists(file);
        var content = store.fetch(entry, file);
        spooled.put(entry.path(), content);
        return content;
    }

    @Override
    public List<Reading> read(List<Listed> some, Progress.Step step) {
        var fetched = new ArrayList<FetchedFiles.Fetched>();
        try {
            for (var each : some) {
                fetched.add(fetched(each));
            }
            return files.orElseThrow().read(fetched, step);
        } catch (IOException e) {
            throw SartorException.missing(shown + " cannot be read: " + e.getMessage(), e);
        } finally {
            for (var each : some) {
                forget(each.path());
            }
        }
    }

    private FetchedFiles.Fetched fetched(Listed listed) throws IOException {
        var entry = entry(listed.path());
        try {
            var content = fetched(entry);
            var file = file(entry);
            var named = file.resolveSibling(Names.file(entry.path(), content.ending()));
            if (!named.equals(file)) {
                Files.move(file, named);
            }
            var path = spool.relativize(named).toString().replace('\\', '/');
            return new FetchedFiles.Fetched(listed, path, content.title(), "");
        } catch (Store.Unfetchable e) {
            return new FetchedFiles.Fetched(listed, "", Optional.empty(), UNFETCHED + e.reason());
        }
    }

    private void forget(String path) {
        spooled.remove(path);
        var folder = file(entry(path)).resolveSibling(".").normalize();
        try {
            if (Files.isDirectory(folder)) {
                Folders.delete(folder);
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(RemoteSource.class)
                    .warn("what was fetched could not be removed", e);
        }
    }

    @Override
    public void close() {
        files.ifPresent(FetchedFiles::close);
        store.close();
        try {
            rules.clear();
            if (Files.isDirectory(spool)) {
                Folders.delete(spool);
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(RemoteSource.class)
                    .warn("what was fetched could not be removed", e);
        }
    }
}
