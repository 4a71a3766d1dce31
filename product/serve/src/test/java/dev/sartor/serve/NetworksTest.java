package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "192.168.4.0/22, 192.168.7.255, true",
        "192.168.4.0/22, 192.168.8.0, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "fd00::/8, fdff::1, true",
        "fd00::/8, fe80::1, false",
        "2001:db8::1, 2001:db8::1, true",
        "10.1.2.3, ::ffff:10.1.2.3, true",
        "10.255.3.4/8, 10.0.0.1, true"
    })
    void anAddressIsInTheNetworkWhoseBitsItBeginsWith(String network, String address, boolean in) {
        assertThat(
                        Networks.of(List.of("192.0.2.1", network))
                                .contains(InetAddress.ofLiteral(address)))
                .isEqualTo(in);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "fd00::/129",
                "1"
            })
    void whatIsNeitherIsRefused(String text) {
        assertThatThrownBy(() -> Networks.of(List.of(text)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("--behind-proxy must be addresses or networks")
                .hasMessageContaining("got '" + text + "'");
    }
}
