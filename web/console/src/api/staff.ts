import type { paths } from "@shuke/api-client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { StaffDraft, StaffPatch } from "./types";

export type StaffQuery = NonNullable<paths["/v1/staff"]["get"]["parameters"]["query"]>;

export const useStaff = (query: StaffQuery) =>
  useQuery({
    queryKey: ["staff", query],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/staff", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });

export const useRoles = () =>
  useQuery({
    queryKey: ["roles"],
    queryFn: ({ signal }) => unwrap(api.GET("/v1/roles", { signal })),
    staleTime: 10 * 60_000,
  });

function useRefreshing() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["staff"] });
}

export function useAddStaff() {
  return useMutation({
    mutationFn: (body: StaffDraft) => unwrap(api.POST("/v1/staff", { body })),
    onSuccess: useRefreshing(),
  });
}

export function useChangeStaff() {
  return useMutation({
    mutationFn: ({ id, body }: { id: string; body: StaffPatch }) =>
      unwrap(api.PATCH("/v1/staff/{staff_id}", { params: { path: { staff_id: id } }, body })),
    onSuccess: useRefreshing(),
  });
}

/** A new password, told once. */
export function useResetPassword() {
  return useMutation({
    mutationFn: (id: string) =>
      unwrap(api.POST("/v1/staff/{staff_id}/password", { params: { path: { staff_id: id } } })),
  });
}
