import type { paths } from "@shuke/api-client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "./client";

export type AuditQuery = NonNullable<paths["/v1/audit-log"]["get"]["parameters"]["query"]>;

export const useAuditLog = (query: AuditQuery) =>
  useQuery({
    queryKey: ["audit", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/audit-log", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
