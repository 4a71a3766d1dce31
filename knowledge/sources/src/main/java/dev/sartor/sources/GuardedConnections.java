package dev.sartor.sources;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/// JGit's connections: to hosts that may be asked, and with an end to what they send.
final class GuardedConnections implements HttpConnectionFactory {
    private static final long MOST_BYTES = 8L << 30;
    private static final Duration LONGEST = Duration.ofHours(2);

    private final AddressGuard guard;

    GuardedConnections(AddressGuard guard) {
        this.guard = guard;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        guard.check(url.getHost());
        return new Bounded(url);
    }

    @Override
    public HttpConnection create(URL url, Proxy proxy) throws IOException {
        guard.check(url.getHost());
        return new Bounded(url, proxy);
    }

    private static final class Bounded extends JDKHttpConnection {
        Bounded(URL url) throws IOException {
            super(url);
        }

        Bounded(URL url, Proxy proxy) throws IOException {
            super(url, proxy);
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream());
        }
    }

    private static final class Counted extends FilterInputStream {
        private final Instant end = Instant.now().plus(LONGEST);
        private long read;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            int n = super.read(to, from, length);
            count(n);
            return n;
        }

        private void count(int more) throws IOException {
            read += Math.max(0, more);
            if (read > MOST_BYTES || Instant.now().isAfter(end)) {
                throw new IOException(
                        "it sent more than 8 GiB, or for more than two hours, and was stopped");
            }
        }
    }
}
