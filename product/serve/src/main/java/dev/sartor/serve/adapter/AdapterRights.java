package dev.sartor.serve.adapter;

import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.serve.AdapterStore;
import dev.sartor.serve.Scope;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.http.Caller;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Refused;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What a caller may do with adapters. Keepers, whose key has the scope `admin`, may do all. Whose key has `tune` may do so
/// under names that begin with his own: `tenant:acme/…`, or `user:ann/…` where he has no tenant. A name is thus refused
/// without a look at what has it, and two owners never want the same.
record AdapterRights(Caller caller) {
    private static final int LONGEST_NAME = 128;
    private static final int MOST_OF_AN_OWNER = 64;
    private static final int MOST_OF_KEEPERS = 4096;

    /// Who owns what is under a name: what stands before its slash, or nobody.
    static Optional<String> ownerOf(String name) {
        int slash = name.indexOf('/');
        var first = slash < 0 ? "" : name.substring(0, slash);
        return first.startsWith("tenant:") || first.startsWith("user:")
                ? Optional.of(first)
                : Optional.empty();
    }

    /// @throws Refused with 403 where the caller's key is for neither use
    void requireAny() {
        if (!isKeeper()) {
            caller.require(Scope.TUNE);
        }
    }

    boolean isKeeper() {
        return caller.scopes().contains(Scope.ADMIN);
    }

    boolean mayChange(String name) {
        return isKeeper()
                || (caller.scopes().contains(Scope.TUNE)
                        && own().isPresent()
                        && ownerOf(name).equals(own()));
    }

    boolean maySee(AdapterStore.Attached adapter) {
        return mayChange(adapter.name()) || adapter.readers().admit(caller.principal());
    }

    /// @throws Refused where nobody could attach something under the name, or the caller may not; whether something has it
    ///     already changes nothing
    void requireToAttach(String name, ServedModels models) {
        requireAny();
        if (!mayChange(name)) {
            throw notYours();
        }
        if (name.length() > LONGEST_NAME || !ServedModels.isName(name)) {
            throw new Refused(
                    Failure.client(
                            400,
                            "An adapter's name must be at most "
                                    + LONGEST_NAME
                                    + " letters, digits and . _ : @ + - with / between parts.",
                            Optional.of("name"),
                            "invalid_value"));
        }
        if (models.chats().containsKey(name) || models.embedders().containsKey(name)) {
            throw new Refused(
                    Failure.client(
                            409,
                            "A model of this server has that name: choose another.",
                            Optional.of("name"),
                            "name_taken"));
        }
    }

    Refused notYours() {
        return new Refused(
                Failure.client(
                        403,
                        own().map(first ->
                                        "This key is for adapters whose names begin with '"
                                                + first
                                                + "/'.")
                                .orElse(
                                        "This key's holder has neither a tenant nor a user's name under which"
                                                + " adapters could be attached."),
                        "not_your_adapter"));
    }

    /// Under which name the caller's own adapters are: his tenant's, or his where he has none.
    private Optional<String> own() {
        return named("tenant:").or(() -> named("user:"));
    }

    private Optional<String> named(String kind) {
        return caller.principal().sorted().stream()
                .filter(each -> each.startsWith(kind))
                .findFirst();
    }

    /// Who may call what the caller attaches.
    ///
    /// @param asked the names that the request gives; none for the owner's
    /// @throws Refused where one is no name, or nobody can be told from the name or the caller
    Readers readers(String name, List<String> asked) {
        var owner = ownerOf(name).map(each -> Readers.anyOf(List.of(each)));
        if (!asked.isEmpty()) {
            asked.stream()
                    .filter(Predicate.not(Readers::isName))
                    .findFirst()
                    .ifPresent(wrong -> {
                        throw wrongReaders(
                                "must be everyone, or names such as group:sales and user:ann");
                    });
            var named = Readers.named(asked);
            return isKeeper() ? named : owner.map(named::and).orElse(named);
        }
        return owner.or(() -> own().map(each -> Readers.anyOf(List.of(each))))
                .or(() ->
                        Optional.of(caller.principal())
                                .filter(Principal.local()::equals)
                                .map(who -> Readers.anyOf(who.names())))
                .orElseThrow(() ->
                        wrongReaders(
                                "must be given, as neither the name nor this key's holder has a tenant or a user"));
    }

    private static Refused wrongReaders(String rule) {
        return new Refused(
                Failure.client(
                        400,
                        "readers " + rule + ": send ?readers=group:sales, once for each name.",
                        Optional.of("readers"),
                        "invalid_value"));
    }

    /// How many there may be of the name's owner.
    int most(String name) {
        return isKeeper() && ownerOf(name).isEmpty() ? MOST_OF_KEEPERS : MOST_OF_AN_OWNER;
    }
}
