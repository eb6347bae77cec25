package dev.writ.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationsTest {
  @Test
  void specialAddressesAreKnown() throws Exception {
    for (String special :
        List.of(
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "192.0.0.8",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001::1",
            "fec0::1")) {
      assertThat(Destinations.isSpecial(InetAddress.getByName(special))).as(special).isTrue();
    }
    for (String open :
        List.of(
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.0",
            "172.32.0.1",
            "198.20.0.1",
            "2606:4700::1111",
            "2001:4860::8888")) {
      assertThat(Destinations.isSpecial(InetAddress.getByName(open))).as(open).isFalse();
    }
  }

  @Test
  void onlyWhatIsListedMayBePrivateOrPlain() throws Exception {
    Destinations destinations = new Destinations(List.of("127.0.0.1:8080", "LOCALHOST:443"));
    assertThat(destinations.resolve(URI.create("http://127.0.0.1:8080/x")).getPort())
        .isEqualTo(8080);
    assertThat(destinations.resolve(URI.create("https://localhost/x")).getPort()).isEqualTo(443);
    for (String refused :
        List.of(
            "http://127.0.0.1:8081/",
            "https://127.0.0.1:8081/",
            "https://localhost:8443/",
            "http://1.1.1.1/",
            "https://[::1]/",
            "https://169.254.169.254/",
            "https://0x7f000001/",
            "https://2130706433/")) {
      UpstreamFault fault =
          catchThrowableOfType(
              UpstreamFault.class, () -> destinations.resolve(URI.create(refused)));
      assertThat(fault).as(refused).isNotNull();
      assertThat(fault.neverSent()).isInstanceOf(UpstreamAnswer.NeverSent.class);
    }
    assertThat(destinations.resolve(URI.create("https://1.1.1.1/")).getPort()).isEqualTo(443);
  }
}
