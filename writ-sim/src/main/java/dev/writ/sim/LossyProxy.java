package dev.writ.sim;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A network between a node and PostgreSQL that loses one commit when asked to, and with it the
 * node's connection; PostgreSQL's side of that connection stays open, so its backend lives on.
 */
public final class LossyProxy implements AutoCloseable {
  /** What happens to the next commit. */
  public enum Loss {
    NOTHING,
    /** PostgreSQL never hears of it. */
    REQUEST,
    /** PostgreSQL commits, and the node never hears of it. */
    ANSWER,
    /** As before, and the node's connection stays open and silent. */
    ANSWER_IN_SILENCE
  }

  private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket door;
  private final int postgres;
  private final AtomicReference<Loss> next = new AtomicReference<>(Loss.NOTHING);
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /**
   * Listens on a free loopback port.
   *
   * @param postgres the port of the real server, on loopback
   */
  public LossyProxy(int postgres) throws IOException {
    this.postgres = postgres;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** The port to connect to instead. */
  public int port() {
    return door.getLocalPort();
  }

  /** What happens to the next commit that comes by, whoever's it is. */
  public void loseNextCommit(Loss loss) {
    next.set(loss);
  }

  /** Whether the loss that was asked for is still to come. */
  public boolean losing() {
    return next.get() != Loss.NOTHING;
  }

  private void accept() {
    try {
      while (true) {
        Socket node = door.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), postgres);
        node.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(node);
        open.add(server);
        Wire wire = new Wire(node, server);
        Thread.ofVirtual().start(wire::toServer);
        Thread.ofVirtual().start(wire::toNode);
      }
    } catch (IOException e) {
      // The door was closed.
      return;
    }
  }

  /** One connection. */
  private final class Wire {
    private final Socket node;
    private final Socket server;
    private volatile Loss loss = Loss.NOTHING;

    /** How a commit prepared by the driver is named on this connection; empty while none is. */
    private byte[] prepared = {};

    Wire(Socket node, Socket server) {
      this.node = node;
      this.server = server;
    }

    void toServer() {
      byte[] buffer = new byte[65_536];
      try {
        InputStream in = node.getInputStream();
        OutputStream out = server.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (commits(Arrays.copyOf(buffer, read))) {
            loss = next.getAndSet(Loss.NOTHING);
          }
          if (loss == Loss.REQUEST) {
            node.close();
            return;
          }
          out.write(buffer, 0, read);
          out.flush();
        }
        if (loss == Loss.NOTHING) {
          server.close();
        }
      } catch (IOException e) {
        // One of the two went away, which is what this is for.
        return;
      }
    }

    void toNode() {
      byte[] buffer = new byte[65_536];
      try {
        InputStream in = server.getInputStream();
        OutputStream out = node.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          switch (loss) {
            case NOTHING -> {
              out.write(buffer, 0, read);
              out.flush();
            }
            case ANSWER -> node.close();
            case REQUEST, ANSWER_IN_SILENCE -> {}
          }
        }
        node.close();
      } catch (IOException e) {
        // One of the two went away, which is what this is for.
        return;
      }
    }

    /**
     * Whether it is a commit: its text, or from the driver's fifth on only the name (a Bind
     * message, with zero before and behind) under which the driver had it prepared with its text
     * (Parse).
     */
    private boolean commits(byte[] sent) {
      int text = find(sent, COMMIT);
      if (text < 0) {
        return prepared.length > 0 && find(sent, prepared) >= 0;
      }
      int name = text - 1;
      while (name > 0 && sent[name - 1] != 0 && sent[name - 1] > ' ') {
        name--;
      }
      if (text - name > 1 && sent[text - 1] == 0) {
        prepared = new byte[text - name + 1];
        System.arraycopy(sent, name, prepared, 1, text - name);
      }
      return true;
    }

    private static int find(byte[] in, byte[] what) {
      for (int at = 0; at + what.length <= in.length; at++) {
        if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
          return at;
        }
      }
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
