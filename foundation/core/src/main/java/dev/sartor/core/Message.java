package dev.sartor.core;

/// One turn of a conversation. The content is data: whatever it contains, it is never parsed as a template nor encoded
/// as control tokens.
public record Message(Role role, String content) {
    public static Message system(String content) {
        return new Message(Role.SYSTEM, content);
    }

    public static Message user(String content) {
        return new Message(Role.USER, content);
    }

    public static Message assistant(String content) {
        return new Message(Role.ASSISTANT, content);
    }
}
