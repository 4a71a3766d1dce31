package dev.sartor.curate.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RepositoryOrderTest {
    private static List<String> ordered(Map<String, String> files) {
        var all =
                new ArrayList<>(
                        files.entrySet().stream()
                                .map(each -> new SourceFile(each.getKey(), each.getValue()))
                                .toList());
        Collections.shuffle(all, new Random(1));
        return RepositoryOrder.order(all).stream().map(i -> all.get(i).path()).toList();
    }

    /// Of each language two files, of which the first needs the second though its path comes before, and the line that says so.
    static List<List<String>> imports() {
        return List.of(
                List.of("src/a/A.java", "src/z/Z.java", "import z.Z;"),
                List.of("src/a/A.java", "src/z/Z.java", "import static z.Z.help;"),
                List.of("src/a/A.java", "src/z/Z.java", "import z.*;"),
                List.of("src/a/A.kt", "src/z/Z.java", "import z.Z"),
                List.of("pkg/a.py", "pkg/z.py", "from .z import name"),
                List.of("pkg/a.py", "pkg/z.py", "from . import q, z"),
                List.of("pkg/a.py", "pkg/z/__init__.py", "from pkg import z"),
                List.of("pkg/sub/a.py", "pkg/z.py", "from ..z import name"),
                List.of("a.py", "z.py", "import z"),
                List.of("web/a.ts", "web/z.ts", "import { z } from './z'"),
                List.of("web/a.ts", "web/z/index.ts", "import z from \"./z\";"),
                List.of("web/a.js", "lib/z.js", "const z = require('../lib/z')"),
                List.of("a.c", "inc/z.h", "#include \"inc/z.h\""),
                List.of("src/a.cpp", "src/z.hpp", "  #  include \"z.hpp\""),
                List.of("a/a.go", "z/z.go", "import (\n\t\"example.com/app/z\"\n)"),
                List.of("src/a.rs", "src/z.rs", "mod z;"),
                List.of("src/a.rs", "src/net/z.rs", "use crate::net::z::Thing;"),
                List.of("a.rb", "z.rb", "require_relative 'z'"),
                List.of("a.php", "z.php", "require_once('z.php');"));
    }

    @ParameterizedTest
    @MethodSource("imports")
    void aFileStandsBehindWhatItImports(List<String> each) {
        var with = Map.of(each.get(0), each.get(2) + "\n", each.get(1), "nothing\n");
        var without = Map.of(each.get(0), "nothing\n", each.get(1), "nothing\n");

        assertThat(ordered(with)).containsExactly(each.get(1), each.get(0));
        assertThat(ordered(without)).isEqualTo(new TreeMap<>(without).keySet().stream().toList());
    }

    @Test
    void aCircleIsBrokenWhereTheLeastIsMissingAndWhatIsNotConnectedStandsApart() {
        var files =
                Map.of(
                        "a.py", "import b\nimport c\n",
                        "b.py", "import c\n",
                        "c.py", "import b\n",
                        "d.py", "import os\n",
                        "m.py", "import a\n");
        assertThat(ordered(files)).containsExactly("b.py", "c.py", "a.py", "m.py", "d.py");
    }

    @Test
    void piecesAreWholeFilesUnderTheirPathsAndNoLongerThanAsked() {
        var files =
                List.of(
                        new SourceFile("a.py", "import z\nprint(z.x)\n\n"),
                        new SourceFile("q.sql", "select 1"),
                        new SourceFile("z.py", "x = 1"),
                        new SourceFile("long.java", "y".repeat(100)));
        var pieces = RepositoryOrder.pieces(files, 60);

        assertThat(pieces.getFirst().text())
                .isEqualTo("# z.py\nx = 1\n\n# a.py\nimport z\nprint(z.x)\n");
        assertThat(pieces)
                .extracting(RepositoryOrder.Piece::paths)
                .containsExactly(List.of("z.py", "a.py"), List.of("long.java"), List.of("q.sql"));
        assertThat(pieces.getLast().text()).startsWith("-- q.sql\n");
    }

    @Test
    void manyFilesThatAllImportEachOtherAndHostileLinesEnd() {
        var everything = new StringBuilder();
        IntStream.range(0, 400).forEach(i -> everything.append("import m").append(i).append('\n'));
        everything.append("from ").append(".".repeat(100_000)).append('\n');
        everything.append("import ").append("a".repeat(100_000)).append('\n');
        var files =
                IntStream.range(0, 400)
                        .mapToObj(i -> new SourceFile("m" + i + ".py", everything.toString()))
                        .toList();
        assertThat(RepositoryOrder.order(files)).hasSize(400).doesNotHaveDuplicates();
    }
}
