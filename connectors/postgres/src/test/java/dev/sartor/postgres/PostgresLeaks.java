package dev.sartor.postgres;

import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.LeakProof;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The random folders, rules and questions of `LeakProof`, put to indexes in a database: `bench/postgres.py --only leaks`.
/// `SERVER VERSION FOLDER SEED CASES` with a package of PyPI as the server; prints the counts as JSON.
final class PostgresLeaks {
    private PostgresLeaks() {}

    public static void main(String[] args) throws IOException {
        var server = PostgresServer.start(args[0], args[1]);
        var proof =
                new LeakProof(
                        Path.of(args[2]),
                        Optional.of(world -> IndexStorage.at(server.address("keeper", world))),
                        Long.parseLong(args[3]));
        System.out.println(LeakProof.told(proof.run(Integer.parseInt(args[4]), Long.MAX_VALUE)));
    }
}
