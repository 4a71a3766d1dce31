package dev.sartor.postgres;

/// Versions as pgvector numbers them, such as 0.8.1.
final class Versions {
    private Versions() {}

    static boolean isOlder(String version, String than) {
        return compared(version, than) < 0;
    }

    private static int compared(String version, String other) {
        var first = version.split("\\.", -1);
        var second = other.split("\\.", -1);
        for (int i = 0; i < Math.max(first.length, second.length); i++) {
            int order = Integer.compare(part(first, i), part(second, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int part(String[] parts, int i) {
        return i < parts.length && parts[i].matches("\\d{1,6}") ? Integer.parseInt(parts[i]) : 0;
    }
}
