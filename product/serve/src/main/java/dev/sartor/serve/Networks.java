package dev.sartor.serve;

import dev.sartor.core.SartorException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/// Addresses of machines, one by one or by networks (RFC 4632): `10.1.2.3`, `10.0.0.0/8`, `fd00::/8`.
public record Networks(List<Network> all) {
    private static final Pattern WHOLE =
            Pattern.compile("\\d+(\\.\\d+){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /// The addresses that begin with the same bits.
    ///
    /// @param bits 0 to 32 of an address of IPv4, 0 to 128 of IPv6
    record Network(InetAddress address, int bits) {
        boolean contains(InetAddress other) {
            var own = address.getAddress();
            var its = other.getAddress();
            int rest = own.length * 8 - bits;
            return own.length == its.length
                    && new BigInteger(1, own)
                            .shiftRight(rest)
                            .equals(new BigInteger(1, its).shiftRight(rest));
        }
    }

    public Networks {
        all = List.copyOf(all);
    }

    /// @throws SartorException a user's error where one is neither; names are not looked up
    public static Networks of(Collection<String> texts) {
        return new Networks(texts.stream().map(String::strip).map(Networks::network).toList());
    }

    private static Network network(String text) {
        int slash = text.indexOf('/');
        var literal = slash < 0 ? text : text.substring(0, slash);
        try {
            if (!WHOLE.matcher(literal).matches()) { // `10` would be 0.0.0.10
                throw new IllegalArgumentException(literal);
            }
            var address = InetAddress.ofLiteral(literal);
            int most = address.getAddress().length * 8;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= most) {
                return new Network(address, bits);
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text, e);
        }
        throw wrong(text, new UnknownHostException(text));
    }

    private static SartorException wrong(String text, Exception e) {
        return SartorException.user(
                "--behind-proxy must be addresses or networks such as 10.1.2.3 or 10.0.0.0/8, got '"
                        + text
                        + "': name what the proxy's connections come from.",
                e);
    }

    /// Whether a machine is among them; an address of IPv4 that is written as one of IPv6 is the same.
    public boolean contains(InetAddress address) {
        return all.stream().anyMatch(network -> network.contains(address));
    }
}
