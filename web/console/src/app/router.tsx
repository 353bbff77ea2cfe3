import { createBrowserRouter, type RouteObject } from "react-router";
import { Crashed } from "./Crashed";
import { DETAILS } from "./details";
import { Gate, Home } from "./Gate";
import { Guard } from "./Guard";
import { CASHIER, menuPages, type Page } from "./pages";

/** A page's code comes when it is first wanted, so the till never loads a chart. */
function route({ path, permission, load }: Page): RouteObject {
  return {
    path,
    lazy: async () => {
      const { default: Component } = await load();
      return {
        element: (
          <Guard permission={permission}>
            <Component />
          </Guard>
        ),
      };
    },
  };
}

const page = (load: () => Promise<{ default: React.ComponentType }>) => async () => ({
  Component: (await load()).default,
});

export const router = createBrowserRouter([
  {
    errorElement: <Crashed />,
    HydrateFallback: () => null,
    children: [
      { path: "/sign-in", lazy: page(() => import("../pages/sign-in/SignInPage")) },
      {
        element: <Gate />,
        children: [
          { path: "/", element: <Home /> },
          route(CASHIER),
          {
            lazy: page(() => import("./Shell")),
            errorElement: <Crashed />,
            children: [
              ...menuPages.map(route),
              ...DETAILS.map(route),
              { path: "/account", lazy: page(() => import("../pages/account/AccountPage")) },
              { path: "*", lazy: page(() => import("../pages/missing/MissingPage")) },
            ],
          },
        ],
      },
    ],
  },
]);
