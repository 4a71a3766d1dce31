package dev.sartor.sources;

import dev.sartor.core.SartorException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Which hosts may be asked: those of the public internet, and those that the user names. One that has any address on the
/// private network is refused, so that no redirect or name leads there unasked.
final class AddressGuard {
    private final Set<String> named;

    /// @param named hosts that may be on the private network
    AddressGuard(Collection<String> named) {
        this.named = named.stream().map(AddressGuard::plain).collect(Collectors.toSet());
    }

    private static String plain(String host) {
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return bare.toLowerCase(Locale.ROOT);
    }

    boolean isNamed(String host) {
        return named.contains(plain(host));
    }

    /// @throws SartorException a user's error where the host is on the private network, and a missing one where it is unknown
    void check(String host) {
        if (isNamed(host)) {
            return;
        }
        try {
            for (var address : InetAddress.getAllByName(plain(host))) {
                if (isPrivate(address)) {
                    throw SartorException.user(
                            plain(host)
                                    + " is on the private network ("
                                    + address.getHostAddress()
                                    + "), and is not asked unless you name it: add --allow-private "
                                    + plain(host)
                                    + " if documents shall come from there.");
                }
            }
        } catch (UnknownHostException e) {
            throw SartorException.missing(
                    "no address of " + plain(host) + " is known here: check the name.", e);
        }
    }

    /// Loopback, private, shared, link-local (where clouds keep credentials), multicast and reserved addresses, and those
    /// that lead to such IPv4 addresses.
    static boolean isPrivate(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return true;
        }
        var bytes = address.getAddress();
        return switch (address) {
            case Inet4Address _ -> isPrivate(bytes[0] & 0xFF, bytes[1] & 0xFF, bytes[2] & 0xFF);
            case Inet6Address _ -> isPrivate(bytes);
            default -> true;
        };
    }

    private static boolean isPrivate(int a, int b, int c) {
        return a == 0
                || a == 10
                || a == 127
                || a >= 224
                || (a == 100 && b >= 64 && b < 128)
                || (a == 169 && b == 254)
                || (a == 172 && b >= 16 && b < 32)
                || (a == 192 && b == 168)
                || (a == 192 && b == 0 && (c == 0 || c == 2))
                || (a == 198 && (b == 18 || b == 19))
                || (a == 198 && b == 51 && c == 100)
                || (a == 203 && b == 0 && c == 113);
    }

    /// Only 2000::/3 is routed, and of it 6to4, Teredo and documentation are not taken; nor is the local part of NAT64.
    private static boolean isPrivate(byte[] bytes) {
        int first = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        int second = (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
        boolean isNat64 = first == 0x64 && second == 0xFF9B && bytes[4] == 0 && bytes[5] == 0;
        if (isNat64) {
            return isPrivate(bytes[12] & 0xFF, bytes[13] & 0xFF, bytes[14] & 0xFF);
        }
        return (first & 0xE000) != 0x2000
                || first == 0x2002
                || (first == 0x2001 && (second == 0 || second == 0xDB8));
    }
}
