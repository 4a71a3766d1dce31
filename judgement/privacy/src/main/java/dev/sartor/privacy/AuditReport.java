package dev.sartor.privacy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an audit found. It names no text of a row and no value of one.
///
/// @param of what was audited
/// @param found one sentence for each attack that found something
/// @param canaries exposure and extraction; empty where none were planted
/// @param membership empty where no held-out rows were there
/// @param outputs what sampled answers have in common with training rows; empty where there was no time for it
/// @param notes what was cut, or could not be measured, and why; one sentence each
public record AuditReport(
        Subject of,
        List<String> found,
        Optional<CanaryResult> canaries,
        Optional<MembershipResult> membership,
        Optional<OutputResult> outputs,
        List<String> notes) {
    /// What the verdict says where an attack found something, and where none did. Nothing else may be said.
    public static final String FOUND = "found by these attacks";

    public static final String NOT_FOUND = "not found by these attacks";

    public AuditReport {
        found = List.copyOf(found);
        notes = List.copyOf(notes);
    }

    @JsonProperty(access = JsonProperty.Access.READ_ONLY)
    public String verdict() {
        return found.isEmpty() ? NOT_FOUND : FOUND;
    }

    /// Whether an attack found something.
    public boolean accuses() {
        return !found.isEmpty();
    }

    /// @param name of the run or adapter
    /// @param model the base
    /// @param digests SHA-256 of what was audited, by its role
    /// @param finished the time, as ISO 8601 has it
    /// @param settings what was looked at
    public record Subject(
            String name,
            String model,
            Map<String, String> digests,
            String finished,
            Map<String, Long> settings) {
        public Subject {
            digests = Map.copyOf(digests);
            settings = Map.copyOf(settings);
        }
    }

    /// @param most bits that could be seen: the logarithm of how many secrets were ranked
    /// @param repeats for each number of repeats
    public record CanaryResult(double most, List<RepeatResult> repeats) {
        public CanaryResult {
            repeats = List.copyOf(repeats);
        }
    }

    /// @param times that each canary was planted
    /// @param canaries how many were measured
    /// @param exposure their mean, in bits
    /// @param base the same under the base model
    /// @param extracted how many were had in any way
    /// @param p the chance of such ranks had none been learned
    public record RepeatResult(
            int times,
            int canaries,
            Estimate exposure,
            Estimate base,
            int asked,
            int completed,
            int searched,
            int extracted,
            double p) {}

    /// @param members rows of the training; likewise the held-out ones
    /// @param attacks by their scores
    /// @param blind how well texts alone tell the two sides apart
    /// @param alike whether the blind baseline does not tell them apart, so that attacks mean something
    public record MembershipResult(
            int members, int heldOut, List<AttackResult> attacks, Estimate blind, boolean alike) {
        public MembershipResult {
            attacks = List.copyOf(attacks);
        }
    }

    /// @param attack its name
    /// @param auc the area under the receiver operating characteristic
    /// @param truePositives the share of members found at 1 % of false alarms
    /// @param p the chance of such an area had nothing been learned
    public record AttackResult(String attack, Estimate auc, Estimate truePositives, double p) {}

    /// @param said answers to beginnings of training rows
    /// @param longest tokens in a row that an answer has in common with a training row
    /// @param verbatim answers with as many tokens in a row as count
    /// @param beyondBase those of them where the base model's answer has fewer
    /// @param control answers to beginnings of held-out rows
    /// @param controlBeyondBase those of them that go on with held-out rows so, beyond the base model
    /// @param p the chance of so many more with training rows; 1 without a control
    /// @param sensitive values of training rows in the answers, by their kind, which neither the beginning nor the base model nor a
    ///     held-out row has
    public record OutputResult(
            int said,
            int longest,
            int verbatim,
            int beyondBase,
            int control,
            int controlBeyondBase,
            double p,
            Map<String, Integer> sensitive) {
        public OutputResult {
            sensitive = Map.copyOf(sensitive);
        }
    }
}
