package dev.sartor.cli.privacy;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.generate.TokenLikelihoods;
import dev.sartor.privacy.AdapterAudit;
import dev.sartor.privacy.AuditRow;
import dev.sartor.privacy.AuditSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Each row's likelihoods as JSONL, so that a figure can be computed elsewhere: the rows that the audit draws by its seed.
final class LikelihoodFile {
    private LikelihoodFile() {}

    static void write(
            Path file, AdapterAudit.Models models, AdapterAudit.Rows rows, AuditSettings settings) {
        AtomicFile.write(
                file,
                to -> {
                    write(to, AdapterAudit.drawn(rows.members(), settings), "member", models);
                    write(to, AdapterAudit.drawn(rows.heldOut(), settings), "held-out", models);
                });
    }

    private static void write(
            OutputStream to, List<AuditRow> rows, String side, AdapterAudit.Models models)
            throws IOException {
        for (var row : rows) {
            var line = Json.mapper().createObjectNode().put("side", side).put("text", row.text());
            line.put("start", row.start());
            line.set("ids", Json.mapper().valueToTree(row.ids()));
            put(line.putObject("adapter"), models.adapter().tokens(row));
            put(line.putObject("base"), models.base().tokens(row));
            to.write((Json.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void put(ObjectNode to, TokenLikelihoods tokens) {
        to.set("chosen", Json.mapper().valueToTree(tokens.chosen()));
        to.set("mean", Json.mapper().valueToTree(tokens.mean()));
        to.set("deviation", Json.mapper().valueToTree(tokens.deviation()));
    }
}
