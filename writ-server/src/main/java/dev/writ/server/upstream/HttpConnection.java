package dev.writ.server.upstream;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 connection to one upstream. A client of our own, because the permit has to be asked
 * between a connection that is ready and the first byte of the request, and because whether a
 * request left us must be known.
 */
final class HttpConnection implements AutoCloseable {
  /** Requests up to this size fit a socket's buffer, so that writing them does not wait. */
  private static final int WRITES_AT_ONCE = 16 * 1024;

  private static final int REST_OF_BODY = 8 * 1024;
  private final SocketChannel channel;
  private final Socket socket;
  private final HttpSource source;
  private final ScheduledExecutorService watchdog;
  private Optional<HttpBody> unfinished = Optional.empty();
  private long idleSince;

  private HttpConnection(SocketChannel channel, Socket socket, ScheduledExecutorService watchdog) {
    this.channel = channel;
    this.socket = socket;
    this.source = new HttpSource(socket);
    this.watchdog = watchdog;
  }

  /** Connects, with TLS and the host's name checked where the URL says so. */
  static HttpConnection open(
      URI url, InetSocketAddress address, Deadline deadline, ScheduledExecutorService watchdog)
      throws UpstreamFault {
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      int millis = deadline.millis();
      ScheduledFuture<?> bite = closeAfter(channel, millis, watchdog);
      try {
        channel.socket().connect(address, millis);
        Socket socket =
            "https".equals(url.getScheme()) ? secured(channel.socket(), url) : channel.socket();
        return new HttpConnection(channel, socket, watchdog);
      } finally {
        bite.cancel(false);
      }
    } catch (RejectedExecutionException e) {
      closeQuietly(channel);
      throw UpstreamFault.silent("closing", "the gateway is stopping");
    } catch (IOException e) {
      closeQuietly(channel);
      throw UpstreamFault.silent(
          "unreachable", "no connection to `" + url.getHost() + ":" + address.getPort() + "`");
    } catch (UpstreamFault e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static SSLSocket secured(Socket plain, URI url) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket secured =
        (SSLSocket) factory.createSocket(plain, url.getHost(), Destinations.port(url), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }

  /** Writes a whole request. After a fault part of it may have left. */
  void send(byte[] request, Deadline deadline) throws UpstreamFault {
    int millis = deadline.millis();
    Optional<ScheduledFuture<?>> bite =
        request.length > WRITES_AT_ONCE
            ? Optional.of(closeAfter(channel, millis, watchdog))
            : Optional.empty();
    try {
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw UpstreamFault.silent("disconnected", "the connection to the tool server broke");
    } finally {
      bite.ifPresent(b -> b.cancel(false));
    }
  }

  HttpHead head(Deadline deadline) throws UpstreamFault {
    return HttpHead.read(source, deadline);
  }

  HttpBody body(HttpHead head) throws UpstreamFault {
    return head.body(source);
  }

  /** Marks the answer as read, as far as we wanted it. Whether the connection may be kept. */
  boolean done(HttpHead head, HttpBody body) {
    if (head.closes() || !body.leavesConnection()) {
      return false;
    }
    unfinished = body.finished() ? Optional.empty() : Optional.of(body);
    idleSince = System.nanoTime();
    return true;
  }

  /** Whether another request may go out on this connection: nothing old waits, nobody hung up. */
  boolean isFresh(long longestIdleNanos) {
    if (System.nanoTime() - idleSince > longestIdleNanos) {
      return false;
    }
    if (unfinished.isPresent() && !readRest(unfinished.get())) {
      return false;
    }
    unfinished = Optional.empty();
    if (source.hasBuffered()) {
      return false;
    }
    try {
      channel.configureBlocking(false);
      // Raw, below TLS: whatever arrives on an idle connection is a farewell or an intrusion.
      int n = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return n == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** The end of an event stream usually waits in the buffer already; nothing longer is read. */
  private boolean readRest(HttpBody body) {
    byte[] rest = new byte[1024];
    Deadline soon = Deadline.in(java.time.Duration.ofMillis(5));
    int total = 0;
    try {
      for (int n = body.read(rest, soon); n >= 0; n = body.read(rest, soon)) {
        total += n;
        if (total > REST_OF_BODY) {
          return false;
        }
      }
      return true;
    } catch (UpstreamFault e) {
      return false;
    }
  }

  private static ScheduledFuture<?> closeAfter(
      SocketChannel channel, int millis, ScheduledExecutorService watchdog) {
    return watchdog.schedule(() -> closeQuietly(channel), millis, TimeUnit.MILLISECONDS);
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable SocketChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // Closed is what we wanted; the system frees the rest.
        return;
      }
    }
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }
}
