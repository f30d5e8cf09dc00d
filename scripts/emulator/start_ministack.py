"""Starts MiniStack with two things that AWS tells and the pinned version does not, so that both modes of authorization work.

Each fails loudly when another version of MiniStack has not what is extended here.
"""

from contextvars import ContextVar

from ministack.app import main
from ministack.core.responses import get_region
from ministack.services import apigateway_v1
from ministack.services.cloudformation import provisioners

_key_of_request = ContextVar("key_of_request", default=None)


def tell_functions_whose_key_it_is():
    """`requestContext.identity.apiKeyId` and `apiKey`, for methods that need a key (API Gateway, `$context` variables)."""
    check_key, build_event = apigateway_v1._check_api_key, apigateway_v1._build_lambda_event_v1

    def check(*args):
        error, key = check_key(*args)
        _key_of_request.set(key)
        return error, key

    def build(*args, **options):
        event = build_event(*args, **options)
        key = _key_of_request.get()
        if key:
            event["requestContext"]["identity"].update(apiKeyId=key["id"], apiKey=key["value"])
        return event

    apigateway_v1._check_api_key, apigateway_v1._build_lambda_event_v1 = check, build


def tell_stacks_the_issuer_of_a_pool():
    """`Fn::GetAtt ProviderURL` of a user pool: the issuer that its tokens name."""
    attributes_of = provisioners._cognito_user_pool_attributes

    def attributes(pool_id):
        issuer = f"https://cognito-idp.{get_region()}.amazonaws.com/{pool_id}"
        return {**attributes_of(pool_id), "ProviderURL": issuer}

    provisioners._cognito_user_pool_attributes = attributes


tell_functions_whose_key_it_is()
tell_stacks_the_issuer_of_a_pool()
main()
