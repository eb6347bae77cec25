package dev.writ.server.upstream;

import dev.writ.base.Json;

/**
 * One allowed tool call on its way out.
 *
 * @param lane callers with different lanes never share a session or a process of the upstream
 * @param tool the tool's name at the upstream
 * @param arguments exactly the arguments that were decided
 */
public record UpstreamCall(
    Upstream upstream, String lane, String tool, Json.Obj arguments, SendPermit permit) {}
