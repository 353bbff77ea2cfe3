import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useCategories, useProducts } from "../../api/catalog";
import { useProgramme } from "../../api/settings";
import { useStores } from "../../api/stores";
import { useCan } from "../../app/session";
import type { Names } from "./sentence/names";
import type { OfferValues, ScopeValue } from "./terms/values";

const MOST = 200;

function scopesOf({ scope, effect }: OfferValues): (ScopeValue | undefined)[] {
  return [scope, effect?.get_scope, ...(effect?.parts ?? []).map((part) => part?.scope)];
}

function productsOf(offers: readonly OfferValues[]): string[] {
  const ids = offers.flatMap((offer) => [
    ...scopesOf(offer).flatMap((scope) => [...(scope?.products ?? []), ...(scope?.without_products ?? [])]),
    ...(offer.effect?.product_id ? [offer.effect.product_id] : []),
  ]);
  return [...new Set(ids)].sort().slice(0, MOST);
}

/** What everything that these offers name is called. */
export function useNames(offers: readonly OfferValues[]) {
  const { t } = useTranslation();
  const can = useCan();
  const ids = productsOf(offers);
  const inStores = offers.some(({ conditions }) => (conditions?.stores?.length ?? 0) > 0);
  const products = useProducts({ id: ids, limit: MOST }, ids.length > 0 && can("catalog.read")).data;
  const categories = useCategories(can("catalog.read")).data;
  const stores = useStores({ limit: 1000 }, inStores && can("stores.read")).data;
  const tiers = useProgramme(can("programme.read")).data?.tiers;
  return useMemo(() => {
    const product = named(products?.items);
    const category = named(categories?.items);
    const store = named(stores?.items);
    const unknown = t("pick.unknownProduct");
    const names: Names = {
      product: (id) => product.get(id) ?? unknown,
      category: (id) => category.get(id) ?? "…",
      store: (id) => store.get(id) ?? "…",
      tier: (id, language) => {
        const name = tiers?.find((tier) => tier.id === id)?.name;
        return (language === "en" ? name?.en : name?.zh) ?? "…";
      },
    };
    return { names, products: products?.items ?? [], stores: stores?.items ?? [] };
  }, [products, categories, stores, tiers, t]);
}

const named = (items: readonly { id: string; name: string }[] = []) =>
  new Map(items.map(({ id, name }) => [id, name]));
