import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "./client";

/** Who was shown a member's contact data in clear. */
export const useAccessLog = (member_id: string, cursor: string | undefined, limit: number) =>
  useQuery({
    queryKey: ["access-log", member_id, cursor],
    queryFn: ({ signal }) =>
      unwrap(api.GET("/v1/access-log", { params: { query: { member_id, limit, cursor } }, signal })),
    placeholderData: keepPreviousData,
  });
