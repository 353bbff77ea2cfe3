import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { FamilyLimits, NewFamily } from "./types";

export const useFamilyOf = (memberId: string) =>
  useQuery({
    queryKey: ["members", memberId, "family"],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET("/v1/members/{member_id}/family", { params: { path: { member_id: memberId } }, signal }),
      ),
  });

export const createFamily = (body: NewFamily) => unwrap(api.POST("/v1/families", { body }));

const at = (family_id: string) => ({ path: { family_id } });
const place = (family_id: string, member_id: string) => ({ path: { family_id, member_id } });
const asked = (invitation_id: string) => ({ path: { invitation_id } });

export const invite = (family: string, member_id: string) =>
  unwrap(api.POST("/v1/families/{family_id}/invitations", { params: at(family), body: { member_id } }));

export const accept = (invitation: string, limits: FamilyLimits, move_balance: boolean) =>
  unwrap(
    api.POST("/v1/family-invitations/{invitation_id}/accept", {
      params: asked(invitation),
      body: { limits, move_balance },
    }),
  );

export const decline = (invitation: string) =>
  unwrap(api.POST("/v1/family-invitations/{invitation_id}/decline", { params: asked(invitation) }));

export const limitPerson = (family: string, member: string, body: FamilyLimits) =>
  unwrap(api.PUT("/v1/families/{family_id}/people/{member_id}", { params: place(family, member), body }));

export const removePerson = (family: string, member: string) =>
  unwrap(api.DELETE("/v1/families/{family_id}/people/{member_id}", { params: place(family, member) }));

export const passOn = (family: string, owner_id: string) =>
  unwrap(api.PATCH("/v1/families/{family_id}", { params: at(family), body: { owner_id } }));

export const closeFamily = (family: string) =>
  unwrap(api.DELETE("/v1/families/{family_id}", { params: at(family) }));

export interface PointsTransfer {
  key: string;
  from: string;
  to: string;
  points: number;
}

export const transferPoints = (family: string, { key, from, to, points }: PointsTransfer) =>
  unwrap(
    api.POST("/v1/families/{family_id}/transfers", {
      params: at(family),
      body: { from_member_id: from, to_member_id: to, points },
      headers: { "Idempotency-Key": key },
    }),
  );

/** Whatever is done to a family moves wallets of its people. */
export function useFamilyAct<Given, Answer>(act: (given: Given) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["members"] }),
  });
}
