package dev.sartor.sources;

import dev.sartor.documents.Glob;
import dev.sartor.documents.source.DocumentSource;
import dev.sartor.documents.source.DocumentSources;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// Opens sources by what they are: addresses of remote stores, files `NAME.source.yaml` about them, and folders and files.
public final class RemoteSources {
    private final DocumentSources local;
    private final Path folder;
    private final AddressGuard guard;
    private final SourceSettings.Environment environment;
    private final Clock clock;
    private WebClient.Bounds bounds = WebClient.Bounds.usual();

    /// @param folder for what is fetched, private; made when it is needed
    /// @param privateHosts may be on the private network
    /// @param environment gives the values of variables with credentials
    public RemoteSources(
            DocumentSources local,
            Path folder,
            Collection<String> privateHosts,
            Function<String, Optional<String>> environment,
            Clock clock) {
        this.local = local;
        this.folder = folder;
        this.guard = new AddressGuard(privateHosts);
        this.environment = environment::apply;
        this.clock = clock;
    }

    RemoteSources within(WebClient.Bounds other) {
        bounds = other;
        return this;
    }

    /// Whether it is neither a folder nor a file of documents.
    public static boolean isRemote(String source) {
        return SourceSettings.isFile(source) || SourceSettings.kind(source).isPresent();
    }

    /// @param sources where there are several, their paths begin with the sources' names
    public DocumentSource open(List<String> sources) {
        return local.openNamed(
                sources.stream()
                        .map(each -> isRemote(each) ? named(each) : local.named(Path.of(each)))
                        .toList());
    }

    private DocumentSources.Named named(String source) {
        var settings = SourceSettings.of(source);
        var store = store(settings);
        var name = settings.name();
        var included =
                Stream.concat(local.included().stream(), settings.included().stream())
                        .map(Glob::of)
                        .toList();
        return new DocumentSources.Named(
                name,
                access ->
                        new RemoteSource(
                                settings.where(),
                                store,
                                new RemoteSource.Common(
                                        included,
                                        access,
                                        local.limits(),
                                        own(name),
                                        settings.isCurated(),
                                        clock)));
    }

    private Path own(String name) {
        return folder.resolve(Names.file(name + ".", ""));
    }

    private WebClient client(WebClient.Signature signature) {
        return new WebClient(guard, signature, bounds);
    }

    private Store store(SourceSettings settings) {
        return switch (settings.kind()) {
            case GIT -> {
                var credentials = Credentials.of(settings, environment);
                yield new GitStore(
                        settings,
                        credentials,
                        guard,
                        client(credentials.signature()),
                        own(settings.name()).resolve("git"));
            }
            case JDBC ->
                    JdbcStore.of(
                            settings,
                            Credentials.of(settings, environment),
                            guard,
                            own(settings.name()).resolve("texts"));
            case S3 -> {
                var signature = S3Signature.of(settings, environment, clock);
                yield new S3Store(settings, client(signature));
            }
            case SITEMAP ->
                    new SitemapStore(
                            settings,
                            client(Credentials.of(settings, environment).signature()),
                            own(settings.name()).resolve("pages"));
            case WEBDAV ->
                    new WebDavStore(
                            settings, client(Credentials.of(settings, environment).signature()));
            case IMAP -> new ImapStore(settings, Credentials.of(settings, environment), guard);
        };
    }
}
