package dev.sartor.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MembershipAttackTest {
    private static final Scripted MODEL = new Scripted(List.of(), 0.9);

    private static List<MembershipAttack.Scored> rows(
            long seed, int count, double learned, String word) {
        var random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    double base = -2 + random.nextGaussian();
                    return new MembershipAttack.Scored(
                            word + " asks for " + random.nextInt(1000),
                            Scripted.tokens(
                                    Math.min(-0.01, base + learned + 0.2 * random.nextGaussian())),
                            Scripted.tokens(base),
                            List.of());
                })
                .toList();
    }

    private static AuditReport.MembershipResult result(
            List<MembershipAttack.Scored> members, List<MembershipAttack.Scored> heldOut) {
        return new MembershipAttack(MODEL, MODEL, List.of(), 1)
                .result(members, heldOut, new ArrayList<>())
                .orElseThrow();
    }

    @Test
    void theRatioToTheBaseFindsWhatTheLossAloneDoesNot() {
        var result = result(rows(1, 100, 0.5, "somebody"), rows(2, 100, 0, "somebody"));
        assertThat(result.alike()).isTrue();
        var loss = result.attacks().getFirst();
        var ratio = result.attacks().get(1);
        assertThat(ratio.attack()).isEqualTo("loss ratio");
        assertThat(ratio.auc().low()).isGreaterThan(loss.auc().high());
        assertThat(ratio.p()).isLessThan(1e-6);
        assertThat(ratio.truePositives().value())
                .isBetween(ratio.truePositives().low(), ratio.truePositives().high());
    }

    @Test
    void sidesThatTheirWordsTellApartAreNotAccusedOf() {
        var result = result(rows(1, 60, 0.5, "winter"), rows(2, 60, 0, "summer"));
        assertThat(result.blind().value()).isGreaterThan(0.95);
        assertThat(result.alike()).isFalse();
        assertThat(AdapterAudit.found(Optional.empty(), Optional.of(result), Optional.empty()))
                .isEmpty();
    }

    @Test
    void tooFewRowsOfASideAreSaidToBeTooFew() {
        var notes = new ArrayList<String>();
        assertThat(
                        new MembershipAttack(MODEL, MODEL, List.of(), 1)
                                .result(rows(1, 50, 1, "a"), rows(2, 9, 0, "a"), notes))
                .isEmpty();
        assertThat(notes).singleElement().asString().contains("there are 50 and 9");
    }
}
