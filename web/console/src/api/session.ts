import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, Problem, unwrap } from "./client";
import type { Session } from "./types";

export const SESSION_KEY = ["session"] as const;

/** `null`: nobody is signed in. */
export function useSessionQuery() {
  return useQuery({
    queryKey: SESSION_KEY,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        return await unwrap(api.GET("/v1/session", { signal }));
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 5 * 60_000,
  });
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { login: string; password: string }) => unwrap(api.POST("/v1/session", { body })),
    onSuccess: (session) => {
      queries.clear();
      queries.setQueryData(SESSION_KEY, session);
    },
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (everywhere: boolean) => {
      await unwrap(everywhere ? api.DELETE("/v1/sessions") : api.DELETE("/v1/session"));
    },
    onSuccess: () => {
      queries.clear();
      queries.setQueryData(SESSION_KEY, null);
    },
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { current: string; new: string }) =>
      unwrap(api.POST("/v1/session/password", { body })),
  });
}
