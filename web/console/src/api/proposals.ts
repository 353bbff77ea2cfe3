import type { components } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import { PROPOSALS, usePeopleMoved } from "./identity";

type Schemas = components["schemas"];

export type Proposal = Schemas["ProposalView"];
export type ProposalStatus = Proposal["status"];
export type ProposedBy = Proposal["cause"];

export const PROPOSAL_STATUSES = ["open", "accepted", "refused"] as const satisfies ProposalStatus[];

export const PROPOSED_BY = ["event", "likeness"] as const satisfies ProposedBy[];

export const useProposals = (query: {
  status: ProposalStatus;
  cause?: ProposedBy | undefined;
  limit: number;
  cursor?: string | undefined;
}) =>
  useQuery({
    queryKey: [PROPOSALS, "list", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/proposals", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

export const useDecide = () =>
  useMutation({
    mutationFn: ({ id: proposal_id, accept }: { id: string; accept: boolean }) =>
      accept
        ? unwrap(api.POST("/v1/proposals/{proposal_id}/accept", { params: { path: { proposal_id } } }))
        : unwrap(api.POST("/v1/proposals/{proposal_id}/refuse", { params: { path: { proposal_id } } })),
    onSuccess: usePeopleMoved(),
  });
