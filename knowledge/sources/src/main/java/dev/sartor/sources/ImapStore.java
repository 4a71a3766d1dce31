package dev.sartor.sources;

import dev.sartor.core.SartorException;
import dev.sartor.documents.AccessRule;
import dev.sartor.documents.Metadata;
import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/// The messages of a mailbox, which is opened to be read alone. A message never changes; it is told from UIDVALIDITY and UID.
final class ImapStore implements Store {
    private static final long MOST_OF_A_MESSAGE = 64L << 20;
    private static final int AT_ONCE = 1000;
    private static final String MILLIS = "60000";

    private final SourceSettings settings;
    private final Credentials credentials;
    private final AddressGuard guard;
    private final URI address;
    private final Map<String, Message> messages = new HashMap<>();
    private Optional<jakarta.mail.Store> store = Optional.empty();
    private Optional<Folder> mailbox = Optional.empty();

    ImapStore(SourceSettings settings, Credentials credentials, AddressGuard guard) {
        this.settings = settings;
        this.credentials = credentials;
        this.guard = guard;
        this.address = URI.create(settings.address());
        if (credentials.user().isEmpty() || credentials.password().isEmpty()) {
            throw SartorException.user(
                    settings.where()
                            + " needs user_env and password_env, which name environment variables: write them into a"
                            + " .source.yaml with the address.");
        }
    }

    @Override
    public boolean isTree() {
        return false;
    }

    @Override
    public Listing list(Map<String, String> stamps) {
        try {
            var folder = open();
            var uids = (UIDFolder) folder;
            long validity = uids.getUIDValidity();
            var entries = new ArrayList<Entry>();
            messages.clear();
            int count = folder.getMessageCount();
            if (count > RemoteSource.MOST_DOCUMENTS) {
                throw RemoteSource.tooMany(settings.where());
            }
            for (int from = 1; from <= count; from += AT_ONCE) {
                var some = folder.getMessages(from, Math.min(count, from + AT_ONCE - 1));
                var profile = new FetchProfile();
                profile.add(UIDFolder.FetchProfileItem.UID);
                profile.add(FetchProfile.Item.FLAGS);
                profile.add(FetchProfile.Item.SIZE);
                profile.add(FetchProfile.Item.ENVELOPE);
                folder.fetch(some, profile);
                for (var message : some) {
                    if (!message.isSet(Flags.Flag.DELETED)) {
                        long uid = uids.getUID(message);
                        messages.put(uid + ".eml", message);
                        entries.add(entry(message, uid, validity));
                    }
                }
            }
            return new Listing(entries, List.of());
        } catch (MessagingException e) {
            throw failed(e);
        }
    }

    private static Entry entry(Message message, long uid, long validity) throws MessagingException {
        var stamp = "uid " + validity + ":" + uid;
        var fields = new HashMap<>(Metadata.ofFile(uid + ".eml").fields());
        if (message.getReceivedDate() != null) {
            var day = message.getReceivedDate().toInstant().atOffset(ZoneOffset.UTC).toLocalDate();
            fields.put(Metadata.DATE, List.of(day.toString()));
        }
        return new Entry(
                uid + ".eml",
                stamp,
                Optional.of(stamp),
                Instant.EPOCH,
                AccessRule.silent(),
                new Metadata(fields));
    }

    private SartorException failed(MessagingException e) {
        close();
        return SartorException.missing(
                settings.where()
                        + " could not be read ("
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                        + "): check host, mailbox and the variables that user_env and password_env name. Nothing was"
                        + " removed from the index.",
                e);
    }

    /// Anew for each listing: what has come and gone is told at the opening.
    private Folder open() throws MessagingException {
        close();
        guard.check(address.getHost());
        boolean isEncrypted = address.getScheme().equals("imaps");
        var protocol = address.getScheme();
        var properties = new Properties();
        var of = "mail." + protocol + ".";
        properties.setProperty(of + "connectiontimeout", MILLIS);
        properties.setProperty(of + "timeout", MILLIS);
        properties.setProperty(of + "writetimeout", MILLIS);
        properties.setProperty(of + "partialfetch", "true");
        properties.setProperty(of + "peek", "true");
        if (isEncrypted) {
            properties.setProperty(of + "ssl.checkserveridentity", "true");
        } else if (!guard.isNamed(address.getHost())) {
            properties.setProperty(of + "starttls.enable", "true");
            properties.setProperty(of + "starttls.required", "true");
        }
        var connection = Session.getInstance(properties).getStore(protocol);
        store = Optional.of(connection);
        connection.connect(
                address.getHost(),
                address.getPort(),
                credentials.user().orElseThrow(),
                credentials.password().orElseThrow());
        var path = address.getPath() == null ? "" : address.getPath().replaceFirst("^/", "");
        var folder = connection.getFolder(path.isEmpty() ? "INBOX" : path);
        folder.open(Folder.READ_ONLY);
        mailbox = Optional.of(folder);
        return folder;
    }

    @Override
    public Content fetch(Entry entry, Path file) throws IOException {
        var message = Objects.requireNonNull(messages.get(entry.path()), entry.path());
        try (var out = new Bounded(Files.newOutputStream(file))) {
            if (message.getSize() > MOST_OF_A_MESSAGE) {
                throw new Unfetchable("has more than 64 MiB");
            }
            message.writeTo(out);
            var subject = message.getSubject();
            return new Content(
                    "eml",
                    subject == null || subject.isBlank() ? Optional.empty() : Optional.of(subject));
        } catch (MessagingException e) {
            if (message.isExpunged()) {
                throw new Unfetchable("is gone since it was listed", e);
            }
            throw failed(e);
        }
    }

    /// A server may send more than it said.
    private static final class Bounded extends FilterOutputStream {
        private long written;

        Bounded(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            count(1);
            out.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            count(length);
            out.write(bytes, from, length);
        }

        private void count(int more) throws IOException {
            written += more;
            if (written > MOST_OF_A_MESSAGE) {
                throw new Unfetchable("has more than 64 MiB");
            }
        }
    }

    @Override
    public void close() {
        try {
            if (mailbox.isPresent() && mailbox.get().isOpen()) {
                mailbox.get().close(false);
            }
            if (store.isPresent()) {
                store.get().close();
            }
        } catch (MessagingException e) {
            org.slf4j.LoggerFactory.getLogger(ImapStore.class).debug("closing the mailbox", e);
        }
        mailbox = Optional.empty();
        store = Optional.empty();
    }
}
