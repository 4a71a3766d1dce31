package dev.sartor.serve.http;

import dev.sartor.core.SartorException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/// A connection that can be asked whether its client hung up while a request of it is being answered, when Jetty reads
/// nothing. What a client sends ahead, encrypted or not, is kept for Jetty's next reading.
public final class WatchedEndPoint extends SocketChannelEndPoint {
    /// Bytes that are taken ahead; behind more of them a hang-up is noticed only when the answer is written.
    private static final int MOST_AHEAD = 1 << 14;

    private final ReentrantLock reading = new ReentrantLock();
    private ByteBuffer ahead = ByteBuffer.allocate(0);
    private boolean isEnded;

    public WatchedEndPoint(
            SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler timer) {
        super(channel, selector, key, timer);
    }

    /// The connection that a request came by.
    public static WatchedEndPoint of(HttpServletRequest request) {
        var connection =
                ServletContextRequest.getServletContextRequest(request)
                        .getConnectionMetaData()
                        .getConnection();
        var endPoint = connection.getEndPoint();
        var carrying =
                endPoint instanceof SslConnection.SslEndPoint encrypted
                        ? encrypted.getSslConnection().getEndPoint()
                        : endPoint;
        if (carrying instanceof WatchedEndPoint watched) {
            return watched;
        }
        throw SartorException.defect("a request came by " + endPoint);
    }

    /// Whether the client closed it, or its sending side: nothing tells the two apart. Call it only when the request's body
    /// was read to its end.
    public boolean isClosedByClient() {
        reading.lock();
        try {
            if (!isOpen()) {
                return true;
            }
            if (ahead.capacity() == 0) {
                ahead = ByteBuffer.allocate(MOST_AHEAD);
            }
            isEnded = isEnded || (ahead.hasRemaining() && getChannel().read(ahead) < 0);
        } catch (IOException e) {
            isEnded = true; // reset
        } finally {
            reading.unlock();
        }
        return isEnded;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        reading.lock();
        try {
            return ahead.position() > 0 ? taken(buffer) : super.fill(buffer);
        } finally {
            reading.unlock();
        }
    }

    private int taken(ByteBuffer buffer) {
        notIdle();
        ahead.flip();
        int from = BufferUtil.flipToFill(buffer);
        int count = BufferUtil.put(ahead, buffer);
        BufferUtil.flipToFlush(buffer, from);
        ahead.compact();
        return count;
    }
}
