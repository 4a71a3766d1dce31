package dev.sartor.serve.server;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Transport;
import java.time.Duration;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS by two files that may be replaced while the server runs: looked at every two seconds, and used for new connections
/// once they can be understood and belong together.
final class FollowedTls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowedTls.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Transport.Tls names;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final Thread following;
    private PemFiles known;
    private String told = "";

    private FollowedTls(Transport.Tls names) {
        this.names = names;
        this.known = PemFiles.read(names);
        factory.setKeyStore(known.store());
        factory.setKeyStorePassword("");
        factory.setEndpointIdentificationAlgorithm(null); // callers bring no certificates
        this.following = Thread.ofVirtual().name("tls").unstarted(this::follow);
    }

    /// @throws SartorException a user's error where the files cannot be used now
    static FollowedTls begin(Transport.Tls names) {
        var tls = new FollowedTls(names);
        tls.following.start();
        return tls;
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    private void follow() {
        try {
            while (true) {
                Thread.sleep(PAUSE);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("the files of TLS are followed no more");
        }
    }

    private void look() {
        try {
            var now = PemFiles.read(names);
            if (!now.equals(known)) {
                var store = now.store();
                factory.reload(changed -> changed.setKeyStore(store));
                known = now;
                told = "";
                LOG.info(
                        "{} has changed; new connections get its certificate", names.certificate());
            }
        } catch (SartorException e) {
            warn(String.valueOf(e.getMessage()));
        } catch (Exception e) { // as `reload` declares it
            warn(e.toString());
        }
    }

    /// Once for each reason: the files may be in the middle of being replaced.
    private void warn(String why) {
        if (!why.equals(told)) {
            told = why;
            LOG.warn("the certificate stays as it was: {}", why);
        }
    }

    @Override
    public void close() {
        following.interrupt();
    }
}
