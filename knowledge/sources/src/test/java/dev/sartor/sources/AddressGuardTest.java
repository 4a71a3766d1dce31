package dev.sartor.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fd00:ec2::254",
                "fc00::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::1",
                "2001:db8::1",
                "192.0.0.192"
            })
    void thePrivateNetworkIsKnown(String address) throws Exception {
        assertThat(AddressGuard.isPrivate(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.1.1",
                "100.63.255.255",
                "100.128.0.1",
                "198.17.1.1",
                "223.255.255.255",
                "2606:4700::1111",
                "64:ff9b::101:101"
            })
    void thePublicInternetIsKnown(String address) throws Exception {
        assertThat(AddressGuard.isPrivate(InetAddress.getByName(address))).isFalse();
    }

    @Test
    void aHostIsAskedWhereTheUserNamesIt() {
        var guard = new AddressGuard(List.of("LOCALHOST", "::1"));
        assertThatCode(() -> guard.check("localhost")).doesNotThrowAnyException();
        assertThatCode(() -> guard.check("[::1]")).doesNotThrowAnyException();
        assertThatThrownBy(() -> guard.check("127.0.0.1"))
                .hasMessage(
                        "127.0.0.1 is on the private network (127.0.0.1), and is not asked unless you name it: add"
                                + " --allow-private 127.0.0.1 if documents shall come from there.");
    }
}
